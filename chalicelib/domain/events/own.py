"""What petitioners may do beyond supplementing, urging and withdrawing."""

from chalicelib.domain.events.base import Event
from chalicelib.domain.values import happening


@happening
class ProxyRevoked(Event):
    """第十九条第一款: the matter is the principal's own; the query code that the proxy knows is void from now on."""

    wire, label, shown = "petition.proxy_revoked", "撤销代理", "代理已撤销，查询码已更换"
    recorded_by_staff: bool = False


@happening
class PetitionJoined(Event):
    """第二十条第三款: one more person brings the same matter with those who brought it."""

    wire, label, shown = "petition.joined", "一起反映", "又有一人一起反映"
    signers: int


@happening
class MaterialAttached(Event):
    """第十九条第二款: a photo or paper of the petitioner's; the file stands beside the case. It stops no clock."""

    wire, label, shown = "petition.material_attached", "上传照片、材料", "您上传了照片、材料"
    number: int
    size: int
    media: str


@happening
class EvidenceAttached(Event):
    """第二十八条第一款: a photo or paper of who handles it: what was found, what was done."""

    wire, label, shown = "petition.evidence_attached", "上传办理材料", "责任单位上传了办理材料"
    inner = ("internal",)
    number: int
    size: int
    media: str
    internal: bool = False


EVENTS: tuple[type[Event], ...] = (ProxyRevoked, PetitionJoined, MaterialAttached, EvidenceAttached)
