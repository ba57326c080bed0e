"""The database: tables of identity, rounds and answers apart, and the store over them."""
