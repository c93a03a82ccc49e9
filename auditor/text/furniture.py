"""Page furniture: navigation, index block, toolbars, footers. Never evidence, but it holds dates and numbers."""

from __future__ import annotations

import re

from auditor.regex import regex

_SPACE = r"[ \t\n\u3000\xa0]*"
_LABEL = regex(
    r"(?:公文生成日期|ICP备案号|您当前的位置|您现在的位置|您所在的位置|备注/文号|网站标识码|信息索引号|发文字号|发文机关|发文机构|发布机构|发布机关|发布单位"
    r"|发布日期|发布时间|公开日期|公开时间|生成日期|成文日期|印发日期|主题分类|效力状态|信息来源|文章来源|稿件来源|文件名称|信息名称"
    r"|浏览次数|阅读次数|点击次数|访问次数|字体大小|责任编辑|信息分类|公开方式|公开类别|公开范围|公开形式|公开属性|体裁分类|组配分类"
    r"|服务对象|废止日期|生效日期|主办单位|承办单位|技术支持|联系电话|邮政编码|当前位置|您的位置|所在位置|相关附件|内容分类|发文日期"
    r"|版权所有|电子邮箱|索引号|主题词|有效性|浏览量|阅读量|点击数|点击量|访问量|审核人|发布人|发布者|关键词"
    r"|分享到|扫一扫|上一篇|上一条|下一篇|下一条|上一个|下一个|备案号|文号|来源|时间|日期|名称"
    r"|标题|浏览|阅读|点击|字号|字体|作者|编辑|责编|审核|校对|体裁|语种|分享"
    r"|主办|承办|地址|邮编|附件|传真)："
)
_DATED = regex(r"[\u4e00-\u9fffA-Za-z]{1,8}[日期时间]{1,2}：20[0-9]{2}[-年./]")
_PHRASES = regex(
    r"附件(?:下载|列表)?[0-9]?$|相关(?:解读|链接|文档|文件|稿件|阅读|新闻|信息|附件|政策|推荐)"
    r"|(?:文字|图片|视频|访谈|政策|图文|音频|动漫|专家|一图)(?:解读|读懂)$|解读(?:材料|方案)$|媒体(?:报道|解读)$"
    r"|扫一扫|扫描二维码|用微信扫|微信扫|分享(?:到|至)|分享$|打印(?:本页|此页|$)|关闭(?:本页|窗口|此页|$)"
    r"|返回(?:顶部|首页|上页|列表)|加入收藏|收藏$|网站地图|联系我们|关于我们|隐私声明|网站声明|使用帮助|无障碍|适老|长者"
    r"|版权所有|copyright|Copyright|COPYRIGHT|©|技术支持|网站标识码|[\u4e00-\u9fff]?ICP备|[\u4e00-\u9fff]{1,3}公网安备"
    r"|上一(?:篇|条)|下一(?:篇|条)|字(?:号|体)大小|大中小|保护视力色|繁体|简体版|政务微博|政务微信|手机版|客户端$"
    r"|责任编辑|信息来源|文章来源|我要(?:纠错|分享|打印)|纠错$|用户登录|登录$|注册$|搜索$|网站支持|本站已支持|听全文|语音播报"
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
    if ("首页" in bare[:12] and (">" in bare or "/" in bare)) or bare.count(">") >= 2:
        return True
    return (
        8 <= len(bare) <= 80 and "。" not in bare and "，" not in bare and len(_NAVIGATION.findall(bare)) >= 3
    )


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


def is_document_number(text: str) -> bool:
    """Whether a folded line is nothing but a document number such as 政函〔2024〕2号."""
    return len(text) <= 40 and _NUMBER.fullmatch(text) is not None


def label_pattern(*labels: str) -> re.Pattern[str]:
    """Pattern for `label：value` in width-folded text, white space allowed inside the label."""
    spaced = "|".join(_SPACE.join(map(re.escape, label)) for label in labels)
    return regex(rf"(?:{spaced}){_SPACE}：{_SPACE}")
