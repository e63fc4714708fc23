"""Orders by telephone: what a shopper does at the counter, done by staff on one page of the back office."""
