"""File systems of Amazon EFS."""

from advisor.text import Text
from blueprints.traits import Kept, NodeAttribute, Port, Traits

TRAITS = Traits(
    service="efs",
    variables=(NodeAttribute("DIRECTORY", "directory"),),
    placement="vpc",
    ports=(Port(2049),),
    only_answers=True,
    mounted=True,
    standing_cost=Text("File system: storage", "ファイルシステム: ストレージ"),
    kept=Kept(Text("File system", "ファイルシステム"), "Id", 'aws efs delete-file-system --file-system-id "${output}"'),
    key_service="elasticfilesystem",
)
