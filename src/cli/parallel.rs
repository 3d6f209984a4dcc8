//! Processes many files at once, with results in the order of the files and few of them in memory at a time.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// For each thread, how many results may wait for an earlier, slower one.
const AHEAD: usize = 4;

/// The state that the threads share.
struct WorkQueue<T> {
    /// The number of the next item.
    next: usize,
    /// How many results were taken.
    taken: usize,
    /// Results that wait for earlier ones.
    done: BTreeMap<usize, Result<T, Box<dyn Any + Send>>>,
    /// Whether the rest is not needed.
    stopped: bool,
}

/// Calls `take`, on this thread and in order, with the result of `work` for each number below `count`. At most `jobs`
/// items are processed at a time, and only a few results are in memory at once. An error of `take` ends the work.
pub(super) fn in_order<T: Send, E>(
    count: usize,
    jobs: usize,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    if jobs <= 1 || count <= 1 {
        return (0..count).try_for_each(|index| take(index, work(index)));
    }
    let shared = Mutex::new(WorkQueue { next: 0, taken: 0, done: BTreeMap::new(), stopped: false });
    let (room, ready) = (Condvar::new(), Condvar::new());
    let lock = || shared.lock().unwrap_or_else(PoisonError::into_inner);
    let wait = |condition: &Condvar, guard: MutexGuard<'_, WorkQueue<T>>| {
        // `wait_timeout` returns a guard of `shared`, like the one it takes.
        drop(condition.wait_timeout(guard, std::time::Duration::from_millis(50)));
    };
    let worker = || {
        loop {
            let index = {
                let mut state = lock();
                if state.stopped || state.next >= count {
                    return;
                }
                if state.next >= state.taken + jobs * AHEAD {
                    wait(&room, state);
                    continue;
                }
                state.next += 1;
                state.next - 1
            };
            let result = catch_unwind(AssertUnwindSafe(|| work(index)));
            lock().done.insert(index, result);
            ready.notify_one();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(count) {
            scope.spawn(worker);
        }
        let mut taken = 0;
        while taken < count {
            let mut state = lock();
            let Some(result) = state.done.remove(&taken) else {
                wait(&ready, state);
                continue;
            };
            state.taken = taken + 1;
            drop(state);
            room.notify_all();
            let outcome = match result {
                Ok(result) => take(taken, result),
                Err(panic) => {
                    lock().stopped = true;
                    room.notify_all();
                    resume_unwind(panic);
                }
            };
            if let Err(error) = outcome {
                lock().stopped = true;
                room.notify_all();
                return Err(error);
            }
            taken += 1;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn taken(count: usize, jobs: usize) -> Vec<usize> {
        let mut taken = Vec::new();
        let work = |index: usize| {
            if index.is_multiple_of(7) {
                std::thread::sleep(std::time::Duration::from_micros(200));
            }
            index * 2
        };
        let done: Result<(), ()> = in_order(count, jobs, work, |index, result| {
            assert_eq!(result, index * 2);
            taken.push(index);
            Ok(())
        });
        assert_eq!(done, Ok(()));
        taken
    }

    #[test]
    fn results_come_in_order() {
        for jobs in [1, 3, 64] {
            for count in [0, 1, 2, 50, 300] {
                assert_eq!(taken(count, jobs), (0..count).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn few_results_wait() {
        let (made, consumed) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |_| {
            let ahead = made.fetch_add(1, Ordering::SeqCst) + 1 - consumed.load(Ordering::SeqCst);
            assert!(ahead <= 4 * AHEAD + 5, "{ahead} results are waiting");
        };
        let take = |_, ()| {
            std::thread::sleep(std::time::Duration::from_micros(100));
            consumed.fetch_add(1, Ordering::SeqCst);
            Ok::<(), ()>(())
        };
        assert_eq!(in_order(400, 4, work, take), Ok(()));
    }

    #[test]
    fn an_error_ends_it() {
        let made = AtomicUsize::new(0);
        let work = |index| {
            made.fetch_add(1, Ordering::SeqCst);
            index
        };
        let ended = in_order(10_000, 3, work, |index, _| if index == 5 { Err("enough") } else { Ok(()) });
        assert_eq!(ended, Err("enough"));
        assert!(made.load(Ordering::SeqCst) < 100);
    }

    #[test]
    fn a_panic_is_passed_on() {
        let result = catch_unwind(|| in_order(20, 3, |index| assert_ne!(index, 4), |_, ()| Ok::<(), ()>(())));
        assert!(result.is_err());
    }
}
