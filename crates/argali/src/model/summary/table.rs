//! Tables drawn as Keras's are: heavy lines around the header, light ones below, words wrapped, long ones cut.
//!
//! The arithmetic of widths and the wrapping are those of Python's `rich`, which Keras draws with.

/// On which side of its column a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) header: &'static str,
    pub(super) align: Align,
    /// Where it ends, as a part of the line.
    pub(super) end: f64,
}

/// The least width of a column that Keras draws.
const NARROWEST: usize = 4;

/// Characters of a line of the frame: left end, stroke, crossing, right end.
type Line = [char; 4];

const TOP: Line = ['┏', '━', '┳', '┓'];
const BELOW_HEADER: Line = ['┡', '━', '╇', '┩'];
const BETWEEN: Line = ['├', '─', '┼', '┤'];
const BOTTOM: Line = ['└', '─', '┴', '┘'];

/// Draws a table in lines of this length, or of the next greater one in which every column has room.
pub(super) fn draw(columns: &[Column], rows: &[Vec<String>], line_length: usize) -> String {
    let widths = widths(columns, line_length);
    let header: Vec<_> = columns.iter().map(|c| c.header.to_owned()).collect();
    let mut out = frame(TOP, &widths);
    draw_row(&mut out, '┃', columns, &widths, &header, true);
    out += &frame(BELOW_HEADER, &widths);
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            out += &frame(BETWEEN, &widths);
        }
        draw_row(&mut out, '│', columns, &widths, row, false);
    }
    out + &frame(BOTTOM, &widths)
}

/// Width of the text in every column.
fn widths(columns: &[Column], line_length: usize) -> Vec<usize> {
    let room = |length: usize| {
        let ends = columns.iter().map(|c| (c.end * length as f64) as usize);
        let starts = [0].into_iter().chain(ends.clone());
        ends.zip(starts).map(|(end, start)| end.saturating_sub(start)).collect::<Vec<_>>()
    };
    let wide_enough = |room: &Vec<usize>| room.iter().all(|width| *width >= NARROWEST);
    let longest = line_length.max(columns.len() * 100);
    let room = (line_length..=longest).map(room).find(wide_enough).unwrap_or_else(|| vec![NARROWEST; columns.len()]);
    // Each column gives its part of what the paddings and the frame take.
    let mut taken = 3 * room.len() + 1;
    let mut givers = room.len();
    let shrink = |room: usize| {
        let part = (taken as f64 / givers.max(1) as f64).round_ties_even() as usize;
        (taken, givers) = (taken - part, givers - 1);
        room.saturating_sub(part).max(1)
    };
    room.into_iter().map(shrink).collect()
}

fn frame([left, stroke, crossing, right]: Line, widths: &[usize]) -> String {
    let strokes: Vec<_> = widths.iter().map(|width| stroke.to_string().repeat(width + 2)).collect();
    format!("{left}{}{right}\n", strokes.join(&crossing.to_string()))
}

fn draw_row(out: &mut String, bar: char, columns: &[Column], widths: &[usize], texts: &[String], at_bottom: bool) {
    let cells: Vec<_> =
        texts.iter().zip(columns).zip(widths).map(|((text, c), width)| wrap(text, *width, c.align)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(1);
    for line in 0..height {
        for (cell, width) in cells.iter().zip(widths) {
            let above = if at_bottom { height - cell.len() } else { 0 };
            let text = line.checked_sub(above).and_then(|line| cell.get(line));
            let blank = " ".repeat(*width);
            *out += &format!("{bar} {} ", text.unwrap_or(&blank));
        }
        out.push(bar);
        out.push('\n');
    }
}

/// The lines of a text, each exactly `width` long.
fn wrap(text: &str, width: usize, align: Align) -> Vec<String> {
    let text: Vec<char> = text.chars().collect();
    let breaks = breaks(&text, width);
    let starts = [0].into_iter().chain(breaks.iter().copied());
    let ends = breaks.iter().copied().chain([text.len()]);
    starts.zip(ends).map(|(start, end)| fit(&text[start..end], width, align)).collect()
}

/// Where lines begin, but for the first.
fn breaks(text: &[char], width: usize) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut used = 0;
    for (start, end) in words(text) {
        let trailing = text[start..end].iter().rev().take_while(|c| c.is_whitespace()).count();
        let length = end - start - trailing;
        if used + length <= width {
            used += end - start;
        } else if length > width || used > 0 {
            if start > 0 {
                breaks.push(start);
            }
            used = end - start;
        }
    }
    breaks
}

/// Words with the blanks behind them; the first also with those in front.
fn words(text: &[char]) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = 0;
    while text[start..].iter().any(|c| !c.is_whitespace()) {
        let run =
            |from: usize, blank: bool| from + text[from..].iter().take_while(|c| c.is_whitespace() == blank).count();
        let end = run(run(run(start, true), false), true);
        words.push((start, end));
        start = end;
    }
    words
}

/// One line: without blanks that do not fit, cut if it is too long, and padded.
fn fit(line: &[char], width: usize, align: Align) -> String {
    let mut line: Vec<char> = line.to_vec();
    while line.last().is_some_and(|c| c.is_whitespace()) && (line.len() > width || align != Align::Left) {
        line.pop();
    }
    if line.len() > width {
        line.truncate(width.saturating_sub(1));
        line.push('…');
    }
    let free = width.saturating_sub(line.len());
    let before = match align {
        Align::Left => 0,
        Align::Center => free / 2,
        Align::Right => free,
    };
    let text: String = line.into_iter().collect();
    format!("{}{text}{}", " ".repeat(before), " ".repeat(free - before))
}
