//! Diagrams as SVG.

use super::layout::{Layout, Point, Size, layout};
use super::{Graph, Kind, Node, escaped};
use std::fmt::Write;

const MARGIN: f64 = 20.0;
const LINE: f64 = 17.0;
const BOX_PADDING: f64 = 12.0;
const STRIPE: f64 = 5.0;

/// Room around the inside of a nested model, and above it for its name.
const INSIDE_MARGIN: f64 = 18.0;
const INSIDE_TITLE: f64 = 40.0;

/// Width of a character of the title and of the other lines, somewhat above the mean.
const TITLE_CHARACTER: f64 = 8.2;
const CHARACTER: f64 = 7.0;

/// Colours of what is not of a kind: selector, property, and values in light and in dark surroundings.
const COLOURS: [(&str, &str, &str, &str); 8] = [
    (".paper", "fill", "#ffffff", "#12161d"),
    (".box", "fill", "#ffffff", "#1c222c"),
    (".inside", "fill", "#f6f7f9", "#171c24"),
    (".box, .argali-diagram .inside", "stroke", "#c9d0da", "#3a4452"),
    (".name", "fill", "#1b2330", "#e8ecf2"),
    (".text", "fill", "#5b6675", "#9aa6b6"),
    (".arrow", "stroke", "#8490a1", "#76849a"),
    (".head", "fill", "#8490a1", "#76849a"),
];

/// The style of diagrams, for light and dark surroundings.
///
/// Colours are written out, since not every program that shows SVG knows variables.
pub(crate) fn style() -> String {
    let colours = |dark: bool| {
        let pick = |light: &'static str, other: &'static str| if dark { other } else { light };
        let plain = COLOURS.iter().map(|(selector, property, light, other)| {
            format!(".argali-diagram {selector} {{ {property}: {} }}\n", pick(light, other))
        });
        let kinds = Kind::ALL.iter().map(|kind| {
            let (light, other) = kind.colours();
            let name = kind.name();
            let selector = format!(".argali-diagram .{name} .stripe, .argali-diagram .{name} .class");
            format!("{selector} {{ fill: {} }}\n", pick(light, other))
        });
        plain.chain(kinds).collect::<String>()
    };
    format!(
        ".argali-diagram {{ font: 12px ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, \
         sans-serif }}\n.argali-diagram .name {{ font-size: 13px; font-weight: 600 }}\n\
         .argali-diagram .arrow {{ fill: none; stroke-width: 1.4 }}\n\
         .argali-diagram .inside {{ stroke-dasharray: 5 4 }}\n{}@media (prefers-color-scheme: dark) {{\n{}}}\n",
        colours(false),
        colours(true)
    )
}

/// A diagram as a file of its own.
pub(crate) fn svg(graph: &Graph, title: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", with_style(graph, title, &style()))
}

/// A diagram within a page that has the style.
pub(crate) fn svg_body(graph: &Graph, title: &str) -> String {
    with_style(graph, title, "")
}

fn with_style(graph: &Graph, title: &str, style: &str) -> String {
    let picture = Picture::of(graph);
    let (width, height) = (picture.layout.size.width + 2.0 * MARGIN, picture.layout.size.height + 2.0 * MARGIN);
    let style = if style.is_empty() { String::new() } else { format!("<style>\n{style}</style>\n") };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"argali-diagram\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n<title>{}</title>\n{style}\
         <rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n",
        escaped(title)
    );
    picture.draw(graph, Point { x: MARGIN, y: MARGIN }, &mut out);
    out + "</svg>\n"
}

/// A graph with the places of its boxes, and those of the boxes inside them.
struct Picture {
    sizes: Vec<Size>,
    layout: Layout,
    inside: Vec<Option<Picture>>,
}

impl Picture {
    fn of(graph: &Graph) -> Self {
        let inside: Vec<_> = graph.nodes.iter().map(|node| node.inside.as_ref().map(Picture::of)).collect();
        let sizes: Vec<_> = graph.nodes.iter().zip(&inside).map(|(node, inside)| size(node, inside.as_ref())).collect();
        let layout = layout(&sizes, &graph.arrows);
        Picture { sizes, layout, inside }
    }

    fn draw(&self, graph: &Graph, origin: Point, out: &mut String) {
        for arrow in &self.layout.arrows {
            draw_arrow(arrow, origin, out);
        }
        for (index, node) in graph.nodes.iter().enumerate() {
            let (corner, size) = (self.layout.corners[index], self.sizes[index]);
            let corner = Point { x: origin.x + corner.x, y: origin.y + corner.y };
            draw_box(node, corner, size, out);
            if let (Some(picture), Some(graph)) = (&self.inside[index], &node.inside) {
                let free = (size.width - picture.layout.size.width) / 2.0;
                let origin = Point { x: corner.x + free, y: corner.y + INSIDE_TITLE + INSIDE_MARGIN / 2.0 };
                picture.draw(graph, origin, out);
            }
        }
    }
}

/// The lines under the name.
fn lines(node: &Node) -> Vec<String> {
    match (&node.inside, node.params()) {
        (Some(_), Some(params)) => vec![format!("{} → {}, {params}", node.class, node.shape)],
        (Some(_), None) => vec![format!("{} → {}", node.class, node.shape)],
        (None, Some(params)) if node.shape.is_empty() => vec![node.class.into(), params],
        (None, None) if node.shape.is_empty() => vec![node.class.into()],
        (None, Some(params)) => vec![node.class.into(), format!("{} · {params}", node.shape)],
        (None, None) => vec![node.class.into(), node.shape.clone()],
    }
}

fn size(node: &Node, inside: Option<&Picture>) -> Size {
    let length = |text: &str, character: f64| text.chars().count() as f64 * character;
    let lines = lines(node);
    let widest = lines.iter().map(|line| length(line, CHARACTER)).fold(length(&node.name, TITLE_CHARACTER), f64::max);
    let width = (widest + 2.0 * BOX_PADDING + STRIPE).max(130.0);
    match inside {
        None => Size { width, height: LINE * (1.0 + lines.len() as f64) + BOX_PADDING },
        Some(Picture { layout, .. }) => Size {
            width: width.max(layout.size.width + 2.0 * INSIDE_MARGIN),
            height: layout.size.height + INSIDE_TITLE + 1.5 * INSIDE_MARGIN,
        },
    }
}

fn draw_box(node: &Node, Point { x, y }: Point, Size { width, height }: Size, out: &mut String) {
    let class = if node.inside.is_some() { "inside" } else { "box" };
    let text_x = x + STRIPE + BOX_PADDING - 2.0;
    let mut line_y = y + LINE + 2.0;
    let _ = writeln!(
        out,
        "<g class=\"{}\"><rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
         rx=\"6\"/>{}<text class=\"name\" x=\"{text_x:.1}\" y=\"{line_y:.1}\">{}</text>",
        node.kind.name(),
        stripe(x, y, height),
        escaped(&node.name),
    );
    for (index, line) in lines(node).iter().enumerate() {
        line_y += LINE;
        let class = if index == 0 { "class" } else { "text" };
        let line = escaped(line);
        let _ = writeln!(out, "<text class=\"{class}\" x=\"{text_x:.1}\" y=\"{line_y:.1}\">{line}</text>");
    }
    out.push_str("</g>\n");
}

/// The coloured left edge of a box.
fn stripe(x: f64, y: f64, height: f64) -> String {
    let bottom = y + height;
    format!(
        "<path class=\"stripe\" d=\"M{:.1} {y:.1}h-1a6 6 0 0 0 -6 6V{:.1}a6 6 0 0 0 6 6h1z\"/>",
        x + 7.0,
        bottom - 6.0
    )
}

/// An arrow that leaves and enters boxes and rows vertically.
fn draw_arrow(points: &[Point], origin: Point, out: &mut String) {
    const HEAD: f64 = 7.0;
    let (Some(first), Some(end)) = (points.first(), points.last()) else { return };
    let _ = write!(out, "<path class=\"arrow\" d=\"M{:.1} {:.1}", origin.x + first.x, origin.y + first.y);
    for (index, pair) in points.windows(2).enumerate() {
        let (from, mut to) = (pair[0], pair[1]);
        if index + 2 == points.len() {
            to.y -= HEAD - 1.0;
        }
        let middle = origin.y + (from.y + to.y) / 2.0;
        let (fx, tx, ty) = (origin.x + from.x, origin.x + to.x, origin.y + to.y);
        let _ = match (fx - tx).abs() < 0.05 {
            true => write!(out, "V{ty:.1}"),
            false => write!(out, "C{fx:.1} {middle:.1} {tx:.1} {middle:.1} {tx:.1} {ty:.1}"),
        };
    }
    let (x, y) = (origin.x + end.x, origin.y + end.y);
    let _ = writeln!(out, "\"/><path class=\"head\" d=\"M{x:.1} {y:.1}l-4 -{HEAD}h8z\"/>");
}
