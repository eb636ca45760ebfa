"""The facilitator's guide to a scenario, as a page to print or as a Word document."""
