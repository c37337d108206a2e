//! Where boxes and arrows go: rows from top to bottom, few crossings, arrows past the boxes and not through them.
//!
//! After Sugiyama, Tagawa and Toda, *Methods for visual understanding of hierarchical system structures* (1981): a row
//! for every distance from the start, points in the rows that long arrows pass, an order within rows by the mean place
//! of neighbours, and then coordinates that are as near to the neighbours as the order allows.

/// Free space between two boxes of a row, between two rows, and beside the point an arrow passes.
const COLUMN_GAP: f64 = 28.0;
const ROW_GAP: f64 = 40.0;
const PASSING_GAP: f64 = 12.0;

/// Distance of two arrows that end at the same box.
const ARROW_GAP: f64 = 18.0;

/// Times that rows are put in order, and that they are moved towards their neighbours.
const SWEEPS: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Where everything goes.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) size: Size,
    /// The upper left corner of each box.
    pub(super) corners: Vec<Point>,
    /// The points of each arrow: where it starts, pairs of where it enters and leaves a row that it passes, and where
    /// it ends.
    pub(super) arrows: Vec<Vec<Point>>,
}

/// A box, or a point where an arrow passes a row.
#[derive(Clone, Debug)]
struct Vertex {
    row: usize,
    width: f64,
    gap: f64,
    above: Vec<usize>,
    below: Vec<usize>,
    /// The middle.
    x: f64,
}

pub(super) fn layout(sizes: &[Size], arrows: &[(usize, usize)]) -> Layout {
    let rows = row_of_each(sizes.len(), arrows);
    let box_vertex = |(size, row): (&Size, &usize)| Vertex {
        row: *row,
        width: size.width,
        gap: COLUMN_GAP,
        above: Vec::new(),
        below: Vec::new(),
        x: 0.0,
    };
    let mut vertices: Vec<Vertex> = sizes.iter().zip(&rows).map(box_vertex).collect();
    let chains: Vec<Vec<usize>> = arrows.iter().map(|arrow| chain(&mut vertices, *arrow)).collect();
    let mut order = ordered(&vertices);
    place(&mut vertices, &mut order);
    drawn(sizes, &rows, &vertices, &chains, order.len())
}

/// The row of each box: below all that it comes from, and boxes that come from nothing right above where they go.
fn row_of_each(boxes: usize, arrows: &[(usize, usize)]) -> Vec<usize> {
    let mut rows: Vec<usize> = vec![0; boxes];
    for (from, to) in in_order(arrows) {
        rows[to] = rows[to].max(rows[from] + 1);
    }
    for start in (0..boxes).filter(|b| !arrows.iter().any(|(_, to)| to == b)) {
        let next = arrows.iter().filter(|(from, _)| *from == start).map(|(_, to)| rows[*to]).min();
        rows[start] = next.map_or(0, |row| row.saturating_sub(1));
    }
    rows
}

/// The arrows by the box they end at: calls are listed in the order in which they run.
fn in_order(arrows: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut arrows: Vec<_> = arrows.iter().copied().filter(|(from, to)| from < to).collect();
    arrows.sort_by_key(|(_, to)| *to);
    arrows
}

/// The vertices of an arrow, with new ones in the rows between its ends.
fn chain(vertices: &mut Vec<Vertex>, (from, to): (usize, usize)) -> Vec<usize> {
    let mut chain = vec![from];
    for row in vertices[from].row + 1..vertices[to].row {
        chain.push(vertices.len());
        vertices.push(Vertex { row, width: 0.0, gap: PASSING_GAP, above: Vec::new(), below: Vec::new(), x: 0.0 });
    }
    chain.push(to);
    for pair in chain.windows(2) {
        vertices[pair[0]].below.push(pair[1]);
        vertices[pair[1]].above.push(pair[0]);
    }
    chain
}

/// The vertices of each row from left to right, in the order with the fewest crossings that was found.
fn ordered(vertices: &[Vertex]) -> Vec<Vec<usize>> {
    let count = vertices.iter().map(|v| v.row + 1).max().unwrap_or(0);
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, vertex) in vertices.iter().enumerate() {
        rows[vertex.row].push(index);
    }
    let mut best = (crossings(vertices, &rows), rows.clone());
    for sweep in 0..SWEEPS {
        let downwards = sweep % 2 == 0;
        let sequence: Vec<usize> = if downwards { (0..count).collect() } else { (0..count).rev().collect() };
        for row in sequence {
            let places = places(vertices.len(), &rows);
            let wanted = |v: &usize| {
                let neighbours = if downwards { &vertices[*v].above } else { &vertices[*v].below };
                mean(neighbours.iter().map(|n| places[*n])).unwrap_or(places[*v])
            };
            rows[row].sort_by(|a, b| wanted(a).total_cmp(&wanted(b)));
        }
        let found = crossings(vertices, &rows);
        if found < best.0 {
            best = (found, rows.clone());
        }
    }
    best.1
}

/// Where in its row each vertex is, from 0 to 1.
fn places(vertices: usize, rows: &[Vec<usize>]) -> Vec<f64> {
    let mut places = vec![0.0; vertices];
    for row in rows {
        for (place, vertex) in row.iter().enumerate() {
            places[*vertex] = (place as f64 + 0.5) / row.len() as f64;
        }
    }
    places
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

/// Number of pairs of arrows that cross.
fn crossings(vertices: &[Vertex], rows: &[Vec<usize>]) -> usize {
    let places = places(vertices.len(), rows);
    let between = |row: &Vec<usize>| {
        let ends: Vec<_> =
            row.iter().flat_map(|v| vertices[*v].below.iter().map(|b| (places[*v], places[*b]))).collect();
        let crosses = |a: &(f64, f64), b: &(f64, f64)| (a.0 < b.0 && a.1 > b.1) || (a.0 > b.0 && a.1 < b.1);
        ends.iter().enumerate().map(|(i, a)| ends[i + 1..].iter().filter(|b| crosses(a, b)).count()).sum::<usize>()
    };
    rows.iter().map(between).sum()
}

/// Gives every vertex its place: as near to the mean of its neighbours as those beside it allow.
fn place(vertices: &mut [Vertex], rows: &mut [Vec<usize>]) {
    for row in rows.iter() {
        let wanted = vec![0.0; row.len()];
        place_row(vertices, row, &wanted);
    }
    for sweep in 0..2 * SWEEPS {
        let downwards = sweep % 2 == 0;
        let sequence: Vec<usize> = if downwards { (0..rows.len()).collect() } else { (0..rows.len()).rev().collect() };
        for row in sequence.into_iter().map(|row| &rows[row]) {
            let wanted = |v: &usize| {
                let Vertex { above, below, x, .. } = &vertices[*v];
                let (first, second) = if downwards { (above, below) } else { (below, above) };
                let neighbours = if first.is_empty() { second } else { first };
                mean(neighbours.iter().map(|n| vertices[*n].x)).unwrap_or(*x)
            };
            let wanted: Vec<f64> = row.iter().map(wanted).collect();
            place_row(vertices, row, &wanted);
        }
    }
}

/// Places one row: the least sum of squared distances from what is wanted, in the row's order and without overlaps.
///
/// In units where all gaps are taken out this is isotonic regression, which merging neighbours that are out of order
/// solves.
fn place_row(vertices: &mut [Vertex], row: &[usize], wanted: &[f64]) {
    let mut offsets = Vec::with_capacity(row.len());
    let mut offset = 0.0;
    for (i, vertex) in row.iter().enumerate() {
        if let Some(before) = i.checked_sub(1).map(|before| &vertices[row[before]]) {
            let here = &vertices[*vertex];
            offset += (before.width + here.width) / 2.0 + before.gap.max(here.gap);
        }
        offsets.push(offset);
    }
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (wanted, offset) in wanted.iter().zip(&offsets) {
        let mut block = (wanted - offset, 1);
        while let Some((value, count)) = blocks.pop_if(|(value, _)| *value > block.0) {
            let both = count + block.1;
            block = ((value * count as f64 + block.0 * block.1 as f64) / both as f64, both);
        }
        blocks.push(block);
    }
    let values = blocks.into_iter().flat_map(|(value, count)| std::iter::repeat_n(value, count));
    for ((vertex, value), offset) in row.iter().zip(values).zip(offsets) {
        vertices[*vertex].x = value + offset;
    }
}

/// Boxes and arrows from the places of vertices.
fn drawn(sizes: &[Size], rows: &[usize], vertices: &[Vertex], chains: &[Vec<usize>], count: usize) -> Layout {
    let mut heights = vec![0.0f64; count];
    sizes.iter().zip(rows).for_each(|(size, row)| heights[*row] = heights[*row].max(size.height));
    let mut tops = Vec::with_capacity(count);
    let mut y = 0.0;
    for height in &heights {
        tops.push(y);
        y += height + ROW_GAP;
    }
    let left = vertices.iter().map(|v| v.x - v.width / 2.0).fold(f64::INFINITY, f64::min);
    let right = vertices.iter().map(|v| v.x + v.width / 2.0).fold(f64::NEG_INFINITY, f64::max);
    let top = |b: usize| tops[rows[b]] + (heights[rows[b]] - sizes[b].height) / 2.0;
    let corner = |b: usize| Point { x: vertices[b].x - sizes[b].width / 2.0 - left, y: top(b) };
    let point = |vertex: usize, y: f64| Point { x: vertices[vertex].x - left, y };
    let arrow = |(index, chain): (usize, &Vec<usize>)| {
        let (Some(from), Some(to)) = (chain.first().copied(), chain.last().copied()) else { return Vec::new() };
        let mut points = vec![point(from, top(from) + sizes[from].height)];
        for passed in &chain[1..chain.len() - 1] {
            let row = vertices[*passed].row;
            points.extend([point(*passed, tops[row]), point(*passed, tops[row] + heights[row])]);
        }
        let end = point(to, top(to));
        points.push(Point { x: end.x + shift(vertices, chains, index, sizes[to].width), ..end });
        points
    };
    Layout {
        size: Size { width: (right - left).max(0.0), height: (y - ROW_GAP).max(0.0) },
        corners: (0..sizes.len()).map(corner).collect(),
        arrows: chains.iter().enumerate().map(arrow).collect(),
    }
}

/// How far from the middle of its box an arrow ends, so that those from the left end on the left.
fn shift(vertices: &[Vertex], chains: &[Vec<usize>], index: usize, width: f64) -> f64 {
    let last = |chain: &Vec<usize>| chain.last().copied();
    let came_from = |chain: &Vec<usize>| chain.iter().rev().nth(1).map_or(0.0, |v| vertices[*v].x);
    let mut arriving: Vec<_> = (0..chains.len()).filter(|i| last(&chains[*i]) == last(&chains[index])).collect();
    arriving.sort_by(|a, b| came_from(&chains[*a]).total_cmp(&came_from(&chains[*b])));
    let place = arriving.iter().position(|i| *i == index).unwrap_or(0) as f64;
    let count = arriving.len() as f64;
    let gap = ARROW_GAP.min(0.8 * width / count);
    (place - (count - 1.0) / 2.0) * gap
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Size = Size { width: 100.0, height: 40.0 };

    /// Whether two boxes have a point in common.
    fn overlap(layout: &Layout, sizes: &[Size], a: usize, b: usize) -> bool {
        let (p, q) = (layout.corners[a], layout.corners[b]);
        p.x < q.x + sizes[b].width
            && q.x < p.x + sizes[a].width
            && p.y < q.y + sizes[b].height
            && q.y < p.y + sizes[a].height
    }

    /// Whether an arrow passes through a box at one of its straight parts.
    fn through(layout: &Layout, sizes: &[Size], arrow: usize, b: usize) -> bool {
        let corner = layout.corners[b];
        layout.arrows[arrow].iter().any(|p| {
            p.x > corner.x && p.x < corner.x + sizes[b].width && p.y > corner.y && p.y < corner.y + sizes[b].height
        })
    }

    fn check(sizes: &[Size], arrows: &[(usize, usize)]) -> Layout {
        let found = layout(sizes, arrows);
        for a in 0..sizes.len() {
            assert!((a + 1..sizes.len()).all(|b| !overlap(&found, sizes, a, b)), "{found:?}");
            assert!((0..arrows.len()).all(|arrow| !through(&found, sizes, arrow, a)), "{found:?}");
            let Point { x, y } = found.corners[a];
            assert!(x >= -1e-9 && x + sizes[a].width <= found.size.width + 1e-9);
            assert!(y >= -1e-9 && y + sizes[a].height <= found.size.height + 1e-9);
        }
        found
    }

    #[test]
    fn a_chain_is_a_column() {
        let found = check(&[BOX; 4], &[(0, 1), (1, 2), (2, 3)]);
        assert!(found.corners.iter().all(|c| c.x == 0.0));
        assert_eq!(found.size.height, 4.0 * 40.0 + 3.0 * ROW_GAP);
    }

    #[test]
    fn long_arrows_pass_beside_boxes() {
        let found = check(&[BOX; 5], &[(0, 1), (1, 2), (2, 3), (0, 3), (3, 4), (0, 4)]);
        assert_eq!(found.arrows[3].len(), 2 + 2 * 2);
    }

    #[test]
    fn branches_do_not_cross_where_they_need_not() {
        let arrows = [(0, 2), (1, 3), (0, 4), (1, 5), (2, 6), (3, 7), (4, 6), (5, 7)];
        let sizes = [BOX; 8];
        check(&sizes, &arrows);
        let rows = row_of_each(sizes.len(), &arrows);
        let vertex =
            |row: &usize| Vertex { row: *row, width: 1.0, gap: 1.0, above: Vec::new(), below: Vec::new(), x: 0.0 };
        let mut vertices: Vec<_> = rows.iter().map(vertex).collect();
        arrows.iter().for_each(|a| drop(chain(&mut vertices, *a)));
        assert_eq!(crossings(&vertices, &ordered(&vertices)), 0);
    }

    #[test]
    fn boxes_of_many_sizes_and_arrows_never_overlap() {
        let mut state = 7u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        for _ in 0..50 {
            let count = 2 + next(20);
            let sizes: Vec<_> =
                (0..count).map(|_| Size { width: 20.0 + next(200) as f64, height: 10.0 + next(90) as f64 }).collect();
            let arrows: Vec<_> = (0..count * 3 / 2)
                .map(|_| (next(count), next(count)))
                .filter(|(a, b)| a != b)
                .map(|(a, b)| (a.min(b), a.max(b)))
                .collect();
            check(&sizes, &arrows);
        }
    }

    #[test]
    fn nothing_needs_no_room() {
        assert_eq!(layout(&[], &[]).arrows.len(), 0);
    }
}
