"""The clock: every timed job on one page, with why it runs when it does.

Beat only ticks. Each job finds its own due rows, so that a lost or doubled tick changes nothing. Beat copies these
rows into the database, where the merchant may change the hour or switch a job off.
"""

from celery.schedules import crontab

CLOCK = {
    # A mail should follow the order at once; the task is also called after each commit, this is the safety net.
    "send-mail": {"task": "customers.tasks.send_mail", "schedule": 30.0},
    # Texts (SMS) likewise; nothing to do without a provider.
    "send-texts": {"task": "customers.tasks.send_texts", "schedule": 60.0},
    # Holds last half an hour; a minute late is soon enough.
    "release-reservations": {"task": "orders.tasks.release_reservations", "schedule": 60.0},
    # A paid order that we were not told of must not wait longer than ten minutes.
    "reconcile-payments": {"task": "orders.tasks.reconcile_payments", "schedule": 300.0},
    # A webhook was stored but its worker died: pick it up again.
    "process-provider-events": {"task": "orders.tasks.process_provider_events", "schedule": 60.0},
    # An order whose confirmation was never written.
    "confirm-orders": {"task": "orders.tasks.confirm_orders", "schedule": 120.0},
    # An invoice or a credit note that was not written in the moment that called for it.
    "write-invoices": {"task": "orders.tasks.write_invoices", "schedule": 600.0},
    # A gift card for today goes at once; one for later on the morning of its day.
    "send-gift-cards": {"task": "orders.tasks.send_gift_cards", "schedule": 120.0},
    # Goods that were added to a paid order and not paid in time go back on sale.
    "take-supplements-back": {"task": "orders.tasks.take_supplements_back", "schedule": 600.0},
    # Orders on account that are due soon, or were due: one letter each.
    "remind-of-accounts": {"task": "orders.tasks.remind_of_accounts", "schedule": crontab(hour=9, minute=20)},
    # Orders whose promised day is over: a text to who asked for texts, when people are up.
    "tell-of-lateness": {"task": "orders.tasks.tell_of_lateness", "schedule": crontab(hour=9, minute=40)},
    # Flows: find who is due, then send what is due.
    "plan-messages": {"task": "marketing.tasks.plan_messages", "schedule": 60.0},
    "dispatch-messages": {"task": "marketing.tasks.dispatch_messages", "schedule": 30.0},
    # Broadcasts: planned ten minutes ahead, so that the first message leaves on time.
    "plan-broadcasts": {"task": "marketing.tasks.plan_broadcasts", "schedule": 30.0},
    # A shift lasts twenty seconds: two or three workers share a great broadcast, and none is kept from other work.
    "send-broadcasts": {"task": "marketing.tasks.send_broadcasts", "schedule": 10.0},
    # What somebody did moves his stage and his segments within the minute.
    "evaluate-people": {"task": "marketing.tasks.evaluate_people", "schedule": 20.0},
    # Before the mornings' letters: who is at risk, lapsed or among the best changes by time alone.
    "check-people": {"task": "marketing.tasks.check_people", "schedule": crontab(hour=3, minute=50)},
    # A sale began or ended: what is charged follows the time by itself, lists follow within a minute.
    "refresh-prices": {"task": "catalog.tasks.refresh_prices", "schedule": 60.0},
    # Every price is worked out again before the lists are, and should be what it was.
    "check-prices": {"task": "catalog.tasks.check_prices", "schedule": crontab(hour=3, minute=30)},
    # A product that is to be seen from nine o'clock on is seen at nine.
    "publish-products": {"task": "catalog.tasks.publish_due", "schedule": 60.0},
    # Who waits for goods or for a lower price. News from the shelves wakes it earlier.
    "release-notices": {"task": "marketing.tasks.release_notices", "schedule": 300.0},
    "forget-notices": {"task": "marketing.tasks.forget_notices", "schedule": crontab(hour=4, minute=10)},
    # Windows run out by the minute; a quarter of an hour late is soon enough for who is in a segment.
    "keep-segments": {"task": "marketing.tasks.keep_segments", "schedule": 900.0},
    # After midnight in the shop, when nobody waits: everybody against every rule, and nothing differs.
    "check-segments": {"task": "marketing.tasks.check_segments", "schedule": crontab(hour=4, minute=40)},
    # A picture whose worker died before its sizes were made.
    "derive-pictures": {"task": "catalog.tasks.derive_pictures", "schedule": 300.0},
    # At night nobody waits for the database: the ledger explains the shelves, orders hold what is reserved.
    "check-shelves": {"task": "orders.tasks.check_shelves", "schedule": crontab(hour=4, minute=10)},
    # Lists of guests whose cookie is over, and links that ended long ago.
    "clear-guests": {"task": "orders.tasks.clear_guests", "schedule": crontab(hour=4, minute=40)},
    # Every night: Stripe knows of the same money as we do.
    "check-money": {"task": "orders.tasks.check_money", "schedule": crontab(hour=4, minute=20)},
    # Collections by age: a product is new until a certain minute; a quarter of an hour late is soon enough.
    "keep-collections": {"task": "catalog.tasks.keep_collections", "schedule": 900.0},
    # Changes that the search server did not take, or was not asked to. Nothing to do without one.
    "send-to-search": {"task": "catalog.tasks.send_to_search", "schedule": 30.0},
    # Counted searches are dropped after a year; any hour of the night will do.
    "forget-searches": {"task": "catalog.tasks.forget_searches", "schedule": crontab(hour=4, minute=10)},
    # What Google and Meta fetch is never more than ten minutes behind the shop.
    "build-feeds": {"task": "shop.tasks.build_feeds", "schedule": 300.0},
    # AVIF is slow to make and only saves bytes: a few at a time.
    "add-avif": {"task": "catalog.tasks.add_avif", "schedule": 60.0},
    # Before the shop wakes: bestsellers of the last weeks, and a check of every listing row.
    "refresh-listings": {"task": "catalog.tasks.refresh_listings", "schedule": crontab(hour=3, minute=40)},
    "refresh-popularity": {
        "task": "marketing.tasks.refresh_popularity",
        "schedule": crontab(hour=3, minute=20),
    },
}
