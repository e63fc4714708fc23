"""What lies in the till."""

from orders.models.account_terms import AccountTerms
from orders.models.bank import BankFile, BankLayout, BankLine
from orders.models.cart import Cart, CartLine
from orders.models.cart_link import CartLink, CartLinkLine
from orders.models.change import OrderChange
from orders.models.credit import CreditAccount
from orders.models.credit_entry import CreditEntry
from orders.models.delivery import ClosedDay, DeliveryMethod, DeliveryPrice
from orders.models.invoice import Invoice, InvoiceLine, InvoiceTax, NeverChanged
from orders.models.money_check import MoneyCheck
from orders.models.order import Order, OrderAddress, OrderEvent
from orders.models.order_line import OrderLine
from orders.models.order_tax import OrderTax
from orders.models.order_word import OrderWord
from orders.models.payment import Payment, PaymentMethod, ProviderEvent
from orders.models.payment_event import PaymentEvent
from orders.models.pickup_point import PickupList, PickupPoint
from orders.models.promotion import Promotion, PromotionAmount, PromotionCode
from orders.models.promotion_use import PromotionTally, PromotionUse
from orders.models.provider_customer import ProviderCustomer
from orders.models.refund import Refund, RefundLine
from orders.models.reservation import Reservation
from orders.models.sequence import NumberSequence
from orders.models.shelf_check import ShelfCheck
from orders.models.shipment import Shipment, ShipmentLine
from orders.models.supplement import Supplement
from orders.models.tax import TaxRate, TaxRegion
from orders.models.wish_list import Wish, WishList
from orders.models.zone import DeliveryZone

__all__ = [
    "ProviderCustomer",
    "AccountTerms",
    "BankFile",
    "BankLayout",
    "BankLine",
    "Cart",
    "CartLine",
    "CartLink",
    "CartLinkLine",
    "ClosedDay",
    "CreditAccount",
    "CreditEntry",
    "DeliveryMethod",
    "DeliveryPrice",
    "DeliveryZone",
    "Invoice",
    "InvoiceLine",
    "InvoiceTax",
    "NeverChanged",
    "MoneyCheck",
    "NumberSequence",
    "Order",
    "OrderAddress",
    "OrderChange",
    "OrderEvent",
    "OrderLine",
    "OrderTax",
    "OrderWord",
    "Payment",
    "PaymentEvent",
    "PaymentMethod",
    "PickupList",
    "PickupPoint",
    "Promotion",
    "PromotionAmount",
    "PromotionCode",
    "PromotionTally",
    "PromotionUse",
    "ProviderEvent",
    "Refund",
    "RefundLine",
    "Reservation",
    "ShelfCheck",
    "Shipment",
    "ShipmentLine",
    "Supplement",
    "TaxRate",
    "TaxRegion",
    "Wish",
    "WishList",
]
