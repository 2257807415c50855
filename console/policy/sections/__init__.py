"""The sections of a policy, one module a kind; `registry` lists them."""
