"""What a drawing (SVG) may hold, by name. All else is left out."""

from typing import Final

ELEMENTS: Final = {
    *("svg", "g", "defs", "symbol", "use", "title", "desc", "style"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("text", "tspan", "textPath"),
    *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "marker", "pattern"),
}
# Written as groups: a link leads nowhere in a picture, and of a switch all that is known is drawn.
GROUPS: Final = {"a", "switch"}
CASED: Final = {  # attributes that are no styles
    *("viewBox", "preserveAspectRatio", "transform", "class", "style", "version"),
    *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points"),
    *("width", "height", "dx", "dy", "rotate", "textLength", "lengthAdjust", "pathLength"),
    *("offset", "gradientUnits", "gradientTransform", "spreadMethod", "startOffset"),
    *("clipPathUnits", "maskUnits", "maskContentUnits", "markerUnits", "markerWidth"),
    *("markerHeight", "refX", "refY", "orient", "patternUnits", "patternContentUnits"),
    "patternTransform",
}
ATTRIBUTES: Final = {  # those that are styles as well
    *("fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-linecap"),
    *("stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset"),
    *("stroke-opacity", "opacity", "color", "stop-color", "stop-opacity", "display"),
    *("visibility", "overflow", "clip-path", "clip-rule", "mask", "marker-start", "marker-mid"),
    *("marker-end", "font-family", "font-size", "font-style", "font-weight", "font-variant"),
    *("font-stretch", "text-anchor", "text-decoration", "letter-spacing", "word-spacing"),
    *("dominant-baseline", "alignment-baseline", "baseline-shift", "writing-mode", "direction"),
    *("unicode-bidi", "shape-rendering", "text-rendering", "image-rendering", "paint-order"),
    "vector-effect",
}
FUNCTIONS: Final = {  # in styles and transformations, in small letters
    *("rgb", "rgba", "hsl", "hsla", "matrix", "translate", "translatex", "translatey", "scale"),
    *("scalex", "scaley", "rotate", "skewx", "skewy", "calc"),
}
