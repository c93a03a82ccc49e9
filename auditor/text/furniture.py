"""Page furniture: navigation, index block, toolbars, footers. Never evidence, but it holds dates and numbers."""

from __future__ import annotations

import re

from auditor.regex import regex

_SPACE = r"[ \t\n\u3000\xa0]*"
_INDEX = (
    r"公文生成日期|ICP备案号|您当前的位置|您现在的位置|您所在的位置|您当前所在位置"
    r"|您现在所在的位置|备注/文号|网站标识码|信息索引号|发文字号|文件编号|统一编号|目录名称"
    r"|公开目录|发文机关|发文机构|发布机构|发布机关|发布单位|制发机构|制发机关|发布日期"
    r"|发布时间|更新时间|公开日期|公开时间|公开时限|生成日期|成文日期|成文时间|印发日期"
    r"|发文日期|发文时间|主题分类|效力状态|效用状态|时效性|是否有效|信息来源|文章来源|稿件来源"
    r"|文件名称|信息名称|公文名称|内容概述|浏览次数|阅读次数|点击次数|访问次数|字体大小"
    r"|责任编辑|信息分类|公开方式|公开类别|公开范围|公开形式|公开属性|体裁分类|组配分类"
    r"|服务对象|废止日期|生效日期|主办单位|承办单位|技术支持|联系电话|邮政编码|当前位置"
    r"|您的位置|所在位置|相关附件|内容分类|版权所有|电子邮箱|索引号|主题词|有效性|浏览量"
    r"|阅读量|点击数|点击量|访问量|审核人|发布人|发布者|关键词|分享到|扫一扫|上一篇|上一条"
    r"|下一篇|下一条|上一个|下一个|备案号"
)
"""Names of entries that only pages have."""
_COMMON = (
    r"文号|来源|时间|日期|名称|标题|栏目|浏览|阅读|点击|字号|字体|作者|编辑|责编|审核|校对"
    r"|体裁|语种|分类|分享|主办|承办|地址|邮编|附件|传真"
)
"""Names of entries that are everyday words as well: only with a colon."""
_LABEL = regex(rf"(?:{_INDEX}|{_COMMON})：|[\[【](?:{_INDEX}|文号)[\]】]：?")
_CELLS = regex(
    rf"(?:{_INDEX}|文号)(?:[|｜]|$|(?:{_INDEX}|文号)|20[0-9]{{2}}[-年./]|[0-9A-Z]{{6}})"
    r"|(?:发布|制发|发文)(?:机构|机关|单位)[\u4e00-\u9fff]{2,24}(?:局|厅|委|办|会|府|室|院|处|中心)(?![\u4e00-\u9fff])"
    r"|(?:主题|体裁|组配|信息|内容)分类[\u4e00-\u9fff、/;；]{2,20}$|有效性(?:有效|失效|废止|是|否)"
    r"|公开(?:方式|范围|形式|类别|属性|时限)(?:主动|依申请|不予|面向|全社会|全文|政府网站|网站|长期|常年)"
    r"|(?:发文字号|文件编号|文号)(?:无|[\u4e00-\u9fff]{1,14}[〔\[【（](?:19|20)[0-9]{2})"
    r"|(?:标题|(?:信息|文件|公文)?名称)[^，。]{2,60}(?:法治|依法)[^，。]{2,20}(?:报告|总结|情况)$"
)
"""A row of an index table, whose cells nothing but white space divided."""
_BARE = regex(rf"(?:{_INDEX}|文号)：?")
_DATED = regex(r"[\u4e00-\u9fffA-Za-z]{1,8}[日期时间]{1,2}：20[0-9]{2}[-年./]")
_STAMP = regex(
    r"20[0-9]{2}(?:年[0-9]{1,2}月|[-/.][0-9]{1,2}[-/.])"
    r"(?:[0-9]{1,2}日?(?P<clock>[0-9]{1,2}：[0-9]{2}(?:：[0-9]{2})?)|[0-9]{1,2}日?(?![0-9：]))(?P<rest>.{0,60})"
)
_STAMPED = regex(rf"(?:{_INDEX}|来源|浏览|点击|阅读|字号|字体|作者)：")
_PHRASES = regex(
    r"附件(?:下载|列表)?[0-9]?$|相关(?:解读|链接|文档|文件|稿件|阅读|新闻|信息|附件|政策|推荐)"
    r"|(?:文字|图片|视频|访谈|政策|图文|音频|动漫|专家|一图)(?:解读|读懂)$|解读(?:材料|方案)$|媒体(?:报道|解读)$"
    r"|扫一扫|扫描二维码|用微信扫|微信扫|分享(?:到|至)|分享$|打印(?:本页|此页|$)|关闭(?:本页|窗口|此页|$)"
    r"|返回(?:顶部|首页|上页|列表)|加入收藏|收藏$|网站地图|联系我们|关于我们|隐私声明|网站声明|使用帮助|无障碍|适老|长者"
    r"|版权所有|copyright|Copyright|COPYRIGHT|©|技术支持|网站标识码|[\u4e00-\u9fff]?ICP备|[\u4e00-\u9fff]{1,3}公网安备"
    r"|上一(?:篇|条)|下一(?:篇|条)|字(?:号|体)大小|大中小|保护视力色|繁体|简体版|政务微博|政务微信|手机版|客户端$"
    r"|责任编辑|信息来源|文章来源|我要(?:纠错|分享|打印)|纠错$|用户登录|登录$|注册$|搜索$|网站支持|本站已支持|听全文|语音播报"
    r"|(?:朗读|播放|暂停|AI脑图|设为首页)$|今天是："
    r"|首页$|首页[>/]|[【（]?此件(?:公开|主动公开|依申请公开|不予公开|删减后公开)|主动公开$|依申请公开$"
)
_BRACKETED_TOOLS = regex(
    r"(?:[\[【（](?:打印|关闭|字体|字号|大|中|小|收藏|分享|返回|复制|纠错|下载)[^\]】）]{0,8}[\]】）])+$"
)
_NAVIGATION = regex(
    r"政府信息公开|政务公开|政务服务|互动交流|政民互动|新闻中心|信息公开|办事服务|公众参与|数据发布|营商环境|要闻动态|解读回应|专题专栏"
    r"|网上办事|机构设置|领导之窗|政策文件|政府数据|政务要闻|通知公告|首页|走进|县情|区情|市情|概况"
)
_BULLETS = "·•*◆■◇□▪▶►|丨｜-—>"
_TAIL_START = regex(
    r"[（【]?此件|附件下载|附件：|相关(?:解读|链接|文档|文件|稿件|阅读|新闻|附件|推荐)|扫一扫|扫描二维码|上一[篇条个]|下一[篇条个]|分享"
    r"|[\[【]?打印|[\[【]?关闭|责任编辑|主办|版权所有|网站地图|网站标识码|[\u4e00-\u9fff]?ICP备|联系我们|返回顶部"
)


def is_furniture(text: str) -> bool:
    """Whether a folded line or paragraph, by itself, is page furniture."""
    bare = text.lstrip(_BULLETS)
    if not bare:
        return True
    if len(bare) > 160:
        return False
    if _BRACKETED_TOOLS.match(bare):
        return True
    if len(bare) <= 60 and _PHRASES.match(bare) and "。" not in bare[:-1]:
        return True
    if len(bare) <= 60 and _DATED.match(bare):
        return True
    label = _LABEL.match(bare)
    if label and not _reads_like_prose(bare, label.end()):
        return True
    if _CELLS.match(bare) and "。" not in bare and bare.count("，") <= 1:
        return True
    if is_stamp(bare):
        return True
    if ("首页" in bare[:12] and (">" in bare or "/" in bare)) or bare.count(">") >= 2:
        return True
    return (
        8 <= len(bare) <= 80 and "。" not in bare and "，" not in bare and len(_NAVIGATION.findall(bare)) >= 3
    )


def is_stamp(text: str) -> bool:
    """Whether a folded line is the time at which a page was put on the net: a date with a clock time or a label."""
    m = _STAMP.fullmatch(text)
    if not m:
        return False
    rest = m.group("rest")
    return _STAMPED.match(rest) is not None or (m.group("clock") is not None and rest[:1] in ("", "|", "｜"))


def begins_tail(text: str) -> bool:
    """Whether the line opens the block below an article; everything after it is furniture."""
    return bool(_TAIL_START.match(text.lstrip(_BULLETS))) and is_furniture(text)


def starts_anew(text: str) -> bool:
    """Whether a line is furniture of its own and never continues the line above."""
    return len(text) <= 160 and is_furniture(text)


def _reads_like_prose(text: str, start: int) -> bool:
    """A labelled line that goes on in sentences is no index entry (来源：… in an argument)."""
    return text.count("。") >= 2 or (text.count("，") >= 3 and len(text) - start > 60)


_NUMBER = regex(
    r"[\u4e00-\u9fff]{1,14}[〔\[【（﹝(](?:19|20)[0-9]{2}[〕\]】）﹞)](?:第)?[0-9]{1,4}号"
    # 〔2024〕2号 whose right bracket was lost in copying
    r"|[\u4e00-\u9fff]{2,14}〔(?:19|20)[0-9]{3,6}号"
)


def is_bare_label(text: str) -> bool:
    """Whether a folded line is the name of an entry whose value stands on the next line."""
    return _BARE.fullmatch(text.lstrip(_BULLETS)) is not None


def is_document_number(text: str) -> bool:
    """Whether a folded line is nothing but a document number such as 政函〔2024〕2号."""
    return len(text) <= 40 and _NUMBER.fullmatch(text) is not None


def label_pattern(*labels: str) -> re.Pattern[str]:
    """Pattern for a label and what divides it from its value, in width-folded text with its white space.

    `label：value`, `[label] value`, cells of a table, items of a list; white space is allowed inside the label.
    """
    spaced = "|".join(_SPACE.join(map(re.escape, label)) for label in labels)
    return regex(rf"(?:{spaced})[ \t\n\u3000\xa0：\]】|｜•·]*")
