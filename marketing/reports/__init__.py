"""What marketing really brought: who gets the credit for an order, and what would have been bought anyway."""
