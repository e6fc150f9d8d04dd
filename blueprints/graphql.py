"""The GraphQL schema of a generated API, and its fields: what resolvers and the function behind them answer.

`items` and `item` read what belongs to the caller; the mutations write it. The file stands in the project as
`graphql/schema.graphql`, and a target puts its text into the template.
"""

from collections.abc import Mapping
from importlib.resources import files

SCHEMA_PATH = "graphql/schema.graphql"
SCHEMA = """\
type Item {
  id: ID!
  name: String!
  owner: String!
  created_at: String!
}

input ItemInput {
  name: String!
}

type Query {
  item(id: ID!): Item
  items: [Item!]!
}

type Mutation {
  createItem(input: ItemInput!): Item!
  replaceItem(id: ID!, input: ItemInput!): Item!
  removeItem(id: ID!): ID!
}

schema {
  query: Query
  mutation: Mutation
}
"""
#: Type -> its fields, in the order of the schema.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "Query": ("item", "items"),
    "Mutation": ("createItem", "replaceItem", "removeItem"),
}


def resolver_code(field: str) -> str:
    """Return the JavaScript by which AppSync answers a field straight from a table."""
    return files("blueprints").joinpath("resolvers", f"{field}.js").read_text("utf-8")
