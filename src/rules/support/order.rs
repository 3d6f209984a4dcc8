//! Finds items that are out of order.

/// The indices of a smallest set of `items` without which the rest is in order. Of several such sets it returns the one
/// whose rest comes first, so that of two swapped neighbours the second is out of place.
pub(in crate::rules) fn displaced<T: Ord>(items: &[T]) -> Vec<usize> {
    // The longest ascending run that ends at each item, and the item before it in that run.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let before = best.iter().zip(items).enumerate().filter(|(_, (_, other))| *other < item);
        let longest = before.map(|(at, ((length, _), _))| (*length, std::cmp::Reverse(at))).max();
        debug_assert!(best.len() == index);
        best.push(longest.map_or((1, None), |(length, at)| (length + 1, Some(at.0))));
    }
    let longest = best.iter().enumerate().map(|(at, (length, _))| (*length, std::cmp::Reverse(at))).max();
    let mut kept = vec![false; items.len()];
    let mut next = longest.map(|(_, at)| at.0);
    while let Some(at) = next {
        if let Some(keep) = kept.get_mut(at) {
            *keep = true;
        }
        next = best.get(at).and_then(|(_, before)| *before);
    }
    kept.iter().enumerate().filter(|(_, keep)| !**keep).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::displaced;

    #[test]
    fn as_few_as_possible_are_out_of_place() {
        assert!(displaced::<u8>(&[]).is_empty());
        assert!(displaced(&[1, 2, 3]).is_empty());
        assert_eq!(displaced(&[1, 3, 2, 4]), [2]);
        assert_eq!(displaced(&[5, 1, 2, 3, 4, 6]), [0]);
        assert_eq!(displaced(&[2, 3, 4, 1]), [3]);
        // Of two equal items, the second is out of place.
        assert_eq!(displaced(&[1, 2, 2, 3]), [2]);
    }
}
