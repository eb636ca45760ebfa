"""The play screen: the phone, the decision, and the rhythm in which things arrive."""
