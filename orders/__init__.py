"""The till: cart, price, order, payment, parcel."""
