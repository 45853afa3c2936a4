"""The people of a petition."""

from infra.procedures.words.base import RIGHTS, Variants, When

CHAPTER = RIGHTS
STEPS: dict[str, str] = {
    "revoke_proxy": (
        "别人代为提出的，信访人可以随时撤销代理：用本人手机登录，或者打电话请登记单位、责任单位办理。"
        "撤销以后不再告知代理人，原查询码作废，新查询码发给信访人。"
    ),
    "join": (
        "提出人开放一起反映的，别人可以凭编号、用自己的手机登录后加入，不必另行提出；人数公开，姓名不公开。"
        "联名不受走访代表五人的限制。"
    ),
    "attach": (
        "信访人可以上传照片或者PDF，每件不超过150KB，一件事项最多20件；对其真实性负责，不影响办理期限。"
        "照片只有看得到这件事项的人能打开。"
    ),
    "attach_evidence": (
        "责任单位可以上传现场照片、维修前后的照片和办理材料，信访人看得到；只供办理人员查看的，信访人只知道有材料，看不到内容。"
    ),
}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {}
