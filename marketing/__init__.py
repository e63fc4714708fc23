"""The writing desk: whom we write to, when and why."""
