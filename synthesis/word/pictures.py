"""Pictures: a caption, the chart in line with the text, and the same facts in words."""

from docx.image.image import Image

from synthesis.review.blocks import Picture
from synthesis.word.captions import render_caption
from synthesis.word.draft import Draft
from synthesis.word.markup import PIC, attribute, paragraph
from synthesis.word.palette import EMU_PER_CM, EMU_PER_TWIP, TEXT_HEIGHT, TEXT_WIDTH

# Room for the caption above the tallest picture.
_CAPTION_HEIGHT = 1_200


def render_picture(picture: Picture, draft: Draft) -> str:
    """Write a caption and its picture."""
    caption = render_caption("Figure", picture.caption, picture.anchor, draft)
    return caption + paragraph("Figure", _drawing(picture, draft))


def picture_size(picture: Picture) -> tuple[int, int]:
    """Give the width and height in English Metric Units: as asked for, but never off the page."""
    image = Image.from_blob(picture.png)
    ratio = image.px_height / image.px_width
    tallest = (TEXT_HEIGHT - _CAPTION_HEIGHT) * EMU_PER_TWIP
    asked = min(picture.width_cm * EMU_PER_CM, TEXT_WIDTH * EMU_PER_TWIP)
    width = min(asked, tallest / ratio)
    return round(width), round(width * ratio)


def _drawing(picture: Picture, draft: Draft) -> str:
    width, height = picture_size(picture)
    number = draft.next("picture")
    name = draft.picture(picture.png)
    told = f'id="{number}" name="Picture {number}" descr="{attribute(picture.description)}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr {told}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr><pic:cNvPr {told}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{name}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
