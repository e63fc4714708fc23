"""What is added to an order that was paid: asked for, settled, or taken back."""
