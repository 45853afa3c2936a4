"""The words of the slice `own` in the description of the interface."""

from typing import Any, Literal

from infra.openapi.answers import Number

MODELS: dict[str, str] = {
    "FileContent": "一件照片、材料",
    "FileShown": "一件照片、材料的名称和大小",
    "Acting": "代别人网上提出的人，电话是登录所用的手机",
    "Companion": "信访代表或者联名人",
    "CompanionShown": "信访代表或者联名人；电话只显示首尾",
    "PeopleShown": "和信访人一起提出的人，以及代理人",
    "Proxy": "代理人",
    "ProxyShown": "代理人；电话只显示首尾",
    "Warned": "登记时的提示，不影响登记",
}
"""Models inside a body, and what the slice adds to a view."""

FIELDS: dict[str, str] = {
    "by_staff": "是否由办理单位上传",
    "category_official": "对应的国家类别；和本单位类别相同时没有这一项",
    "digest": "文件内容的SHA-256，用来核对",
    "files": "照片、材料，只列出查看的人可以打开的",
    "internal": "是否只供办理人员查看",
    "media": "文件的种类",
    "size": "字节数",
    "earlier_case": "这次来访以前，就同一件事提出的编号",
    "group_visit": "是否集体访（5人以上）",
    "joint_signers": "联名人，人数不限于5人",
    "level_skipping": "是否越级走访；照常登记，给予提示",
    "open_to_join": "是否允许别人一起反映",
    "people": "一起提出的人和代理人",
    "persons": "来访的人数",
    "proxy": "代理人",
    "recipient_label": "告知谁",
    "recorded_by_staff": "是否由工作人员代为记录",
    "representatives": "信访代表；走访的不超过5人（第二十条）",
    "revoked": "代理是否已撤销",
    "signers": "联名人数",
    "split_from": "由哪一件分出",
    "warnings": "登记时的提示",
}
"""Fields of its events and views; those of its bodies are said in the model."""

FIELDS_OF: dict[str, str] = {
    "FileContent/content": "文件内容，Base64",
    "FileContent/name": "这是什么",
    "FileShown/name": "这是什么",
    "FileContent/kind": "文件类型",
    "FileShown/kind": "文件类型",
    "FileShown/number": "材料的序号",
    "FileShown/at": "上传的时间",
    "MaterialAttached/number": "材料的序号",
    "EvidenceAttached/number": "材料的序号",
    "Petition/phone": "代别人提出时，本人的电话；本人没有电话的不填",
    "Petition/proxy": "代别人提出的，填写自己的情况；信访人栏填本人的",
    "Acting/relation": "代理人是信访人的什么人",
    "Proxy/relation": "代理人是信访人的什么人",
    "ProxyShown/relation": "代理人是信访人的什么人",
    "PetitionRegistered/earlier": "以前提出的一件的编号",
    "PetitionRegistered/proxy": "是否由代理人提出",
    "PetitionRegistered/representatives": "信访代表的人数",
}
"""Model/field, where it means something else than it does elsewhere."""

LISTS: dict[str, Any] = {
    "media": Literal["jpeg", "png", "pdf"],
    "split_from": Number,
    "PetitionRegistered/earlier": Number,
}
"""Facts of its events whose values are a closed list: name, or Event/name."""

SAID: tuple[str, ...] = ("reason", "name", "digest")
"""Keys of the text of its events."""
