"""The guest book: who buys here, where they live, what they agreed to, and the post that goes to them."""
