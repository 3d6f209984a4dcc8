//! What differs between two lists.

use std::ops::Range;

/// The part of `old` and the part of `new` between their common beginning and their common end; `None` if they are equal.
pub fn changed_part<T: PartialEq>(old: &[T], new: &[T]) -> Option<(Range<usize>, Range<usize>)> {
    let same_start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = |list: &[T]| list.len() - same_start;
    let ends = old.iter().rev().zip(new.iter().rev()).take(rest(old).min(rest(new)));
    let same_end = ends.take_while(|(old, new)| old == new).count();
    let parts = (same_start..old.len() - same_end, same_start..new.len() - same_end);
    (!parts.0.is_empty() || !parts.1.is_empty()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_makes_the_new_of_the_old() {
        for (old, new) in [
            (&[1, 2, 3][..], &[1, 2, 3][..]),
            (&[1, 2, 3], &[1, 9, 3]),
            (&[1, 1, 1], &[1, 1]),
            (&[], &[1]),
            (&[1, 2], &[]),
            (&[1, 2, 1, 2], &[1, 2]),
            (&[5, 1, 2], &[6, 5, 1, 2, 7]),
        ] {
            let changed = changed_part(old, new);
            assert_eq!(changed.is_none(), old == new);
            let mut made = old.to_vec();
            if let Some((gone, come)) = changed {
                made.splice(gone, new[come].to_vec());
            }
            assert_eq!(made, new);
        }
    }
}
