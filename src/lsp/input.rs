//! Passes messages to the serving thread.
//!
//! While the serving thread is idle it reads messages itself: waking it from another thread would take as long as
//! checking an edit. While it is busy another thread has to read; otherwise the server would miss `exit` and the end of
//! the input, and would block a client that writes before it reads. That thread is the [`BackupReader`]. It takes over
//! when the serving thread has been busy with one message for a while, or when the serving thread requests it because
//! several messages wait.

use super::frames::Frames;
use super::locks::lock;
use super::message::Message;
use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// How many bytes may wait to be handled, besides one message of any length. That is far more than an editor sends
/// while a server computes, so the backup sees `exit` after all of it. A client that keeps writing without reading must
/// not fill the memory: it waits, as it would without the backup.
const BACKLOG: usize = 1 << 25;

/// How often the backup checks whether the serving thread makes progress, and after how many checks it sleeps.
const TICK: Duration = Duration::from_millis(50);
const QUIET: u32 = 20;

/// The serving thread's end of the queue.
pub(super) struct MessageInput<R> {
    reader: SharedInput<R>,
    /// The number of the current task.
    turn: u64,
    /// Whether there is no backup.
    is_alone: bool,
}

/// The thread that reads while the serving thread is busy.
pub(super) struct BackupReader<R>(SharedInput<R>);

/// The state that both threads share. A thread that reads holds `frames` until the message it read is in the queue.
struct SharedInput<R> {
    frames: Arc<Mutex<Frames<R>>>,
    shared: Arc<ReaderState>,
}

/// What each thread knows of the other.
#[derive(Default)]
struct ReaderState {
    state: Mutex<InputState>,
    /// Signalled when something changes that the backup waits for.
    changed: Condvar,
}

#[derive(Default)]
struct InputState {
    /// The messages that were read and not taken yet, with the number of bytes of each, and their sum.
    waiting: VecDeque<(Message, usize)>,
    bytes: usize,
    /// There will be no more messages: `exit` was read, or the input ended.
    is_closed: bool,
    /// The waker of the serving thread, for when a message comes.
    waker: Option<Waker>,
    serving: Serving,
    backup: Watch,
}

/// What the serving thread does.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Serving {
    /// It waits for a message.
    #[default]
    Idle,
    /// It works on the task with this number.
    Busy(u64),
    /// It has more tasks than one.
    Hurried,
    /// It has ended.
    Gone,
}

/// What the backup reader does.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Watch {
    /// It reads, or decides what to do.
    #[default]
    Awake,
    /// It has read a message for which the queue has no room.
    Crowded,
    /// It wakes after a tick.
    Dozing,
    /// It wakes only when it is notified.
    Asleep,
}

/// The states in which the backup is notified that a task begins; that a message was taken; that everything changed.
const OF_BEGINNINGS: &[Watch] = &[Watch::Asleep];
const OF_ROOM: &[Watch] = &[Watch::Crowded];
const OF_NEWS: &[Watch] = &[Watch::Crowded, Watch::Dozing, Watch::Asleep];

impl InputState {
    /// The next message that was read; `None` if there will be no more.
    fn take(&mut self) -> Poll<Option<Message>> {
        match self.waiting.pop_front() {
            Some((message, length)) => {
                self.bytes -= length;
                Poll::Ready(Some(message))
            }
            None if self.is_closed => Poll::Ready(None),
            None => Poll::Pending,
        }
    }

    fn has_room(&self, length: usize) -> bool {
        self.bytes == 0 || self.bytes.saturating_add(length) <= BACKLOG
    }
}

impl ReaderState {
    /// Changes the state, and notifies the backup reader if its state is one of `notified`.
    fn change<T>(&self, notified: &[Watch], change: impl FnOnce(&mut InputState) -> T) -> T {
        let mut state = lock(&self.state);
        let outcome = change(&mut state);
        if notified.contains(&state.backup) {
            self.changed.notify_one();
        }
        outcome
    }

    /// Waits until the backup is notified or, if it is dozing, for a tick.
    fn wait<'a>(&'a self, mut state: MutexGuard<'a, InputState>, watch: Watch) -> MutexGuard<'a, InputState> {
        state.backup = watch;
        let mut state = match watch {
            Watch::Dozing => self.changed.wait_timeout(state, TICK).unwrap_or_else(PoisonError::into_inner).0,
            _ => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
        };
        state.backup = Watch::Awake;
        state
    }
}

impl<R: Read> SharedInput<R> {
    /// The frames, if the other thread is not reading them.
    fn frames(&self) -> Option<MutexGuard<'_, Frames<R>>> {
        match self.frames.try_lock() {
            Ok(frames) => Some(frames),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

impl<R: Read> MessageInput<R> {
    /// An input that reads `frames`, at first without a backup.
    pub(super) fn new(frames: Frames<R>) -> MessageInput<R> {
        MessageInput {
            reader: SharedInput { frames: Arc::new(Mutex::new(frames)), shared: Arc::default() },
            turn: 0,
            is_alone: true,
        }
    }

    /// Creates the backup reader.
    pub(super) fn backup(&mut self) -> BackupReader<R> {
        self.is_alone = false;
        BackupReader(SharedInput { frames: Arc::clone(&self.reader.frames), shared: Arc::clone(&self.reader.shared) })
    }

    /// Notes that the serving thread begins a task.
    pub(super) fn begin(&mut self) {
        self.turn += 1;
        self.reader.shared.change(OF_BEGINNINGS, |state| state.serving = Serving::Busy(self.turn));
    }

    /// Notes that several tasks wait, so that the backup reads.
    pub(super) fn start_backup(&mut self) {
        self.reader.shared.change(OF_NEWS, |state| state.serving = Serving::Hurried);
    }

    /// The next message if it has arrived; `None` after the last one.
    pub(super) fn next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Message>> {
        let is_alone = self.is_alone;
        self.read(cx, |frames| is_alone || frames.has_whole())
    }

    /// Waits for the next message. This thread reads it itself unless the backup is reading.
    pub(super) fn wait(&mut self, cx: &mut Context<'_>) -> Poll<Option<Message>> {
        self.reader.shared.change(&[], |state| state.serving = Serving::Idle);
        let message = self.read(cx, |_| true);
        if message.is_ready() {
            self.begin();
        }
        message
    }

    fn read(&mut self, cx: &mut Context<'_>, may: impl FnOnce(&Frames<R>) -> bool) -> Poll<Option<Message>> {
        let shared = &self.reader.shared;
        let taken = shared.change(OF_ROOM, |state| {
            state.waker = Some(cx.waker().clone());
            state.take()
        });
        if taken.is_ready() {
            return taken;
        }
        let Some(mut frames) = self.reader.frames() else { return Poll::Pending };
        // Messages that the backup has read come first.
        let taken = shared.change(OF_ROOM, InputState::take);
        if taken.is_ready() || !may(&frames) {
            return taken;
        }
        let message = frames.next();
        if message.is_none() {
            shared.change(OF_NEWS, |state| state.is_closed = true);
        }
        Poll::Ready(message.map(|(message, _)| message))
    }
}

impl<R> Drop for MessageInput<R> {
    fn drop(&mut self) {
        self.reader.shared.change(OF_NEWS, |state| state.serving = Serving::Gone);
    }
}

impl<R: Read> BackupReader<R> {
    /// Reads whenever the serving thread is too busy to read. Ends with the input, or with the serving thread.
    pub(super) fn run(self) {
        let shared = &self.0.shared;
        let (mut seen, mut quiet) = (Serving::Idle, 0);
        let mut state = lock(&shared.state);
        while !state.is_closed && state.serving != Serving::Gone {
            let is_stuck = matches!(state.serving, Serving::Busy(_)) && state.serving == seen;
            if is_stuck || state.serving == Serving::Hurried {
                drop(state);
                let reads = self.read();
                state = lock(&shared.state);
                if reads {
                    continue;
                }
            }
            quiet = if state.serving == seen { quiet + 1 } else { 0 };
            seen = state.serving;
            state = shared.wait(state, if quiet > QUIET { Watch::Asleep } else { Watch::Dozing });
        }
    }

    /// Reads a message and puts it into the queue once there is room for it; returns whether it could read.
    fn read(&self) -> bool {
        let Some(mut frames) = self.0.frames() else { return false };
        let next = frames.next();
        let mut state = lock(&self.0.shared.state);
        match next {
            Some((message, length)) => {
                while !state.has_room(length) && state.serving != Serving::Gone {
                    state = self.0.shared.wait(state, Watch::Crowded);
                }
                state.bytes = state.bytes.saturating_add(length);
                state.waiting.push_back((message, length));
            }
            None => state.is_closed = true,
        }
        drop(state);
        // Not earlier: a thread that finds the frames taken relies on being woken when they are free.
        drop(frames);
        let waker = lock(&self.0.shared.state).waker.take();
        if let Some(waker) = waker {
            waker.wake();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::frames::End;
    use super::*;
    use std::io;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Instant;

    const LONG: usize = 1 << 20;

    /// Produces long messages without end.
    struct Endless {
        frame: Vec<u8>,
        written: Arc<AtomicUsize>,
    }

    impl Read for Endless {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            let at = self.written.load(Ordering::SeqCst) % self.frame.len();
            let part = &self.frame[at..];
            let len = part.len().min(buf.len());
            buf[..len].copy_from_slice(&part[..len]);
            self.written.fetch_add(len, Ordering::SeqCst);
            Ok(len)
        }
    }

    fn endless() -> (MessageInput<Endless>, Arc<AtomicUsize>) {
        let body = format!(r#"{{"jsonrpc":"2.0","method":"{}"}}"#, "x".repeat(LONG));
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes();
        let written = Arc::<AtomicUsize>::default();
        let reader = Endless { frame, written: Arc::clone(&written) };
        (MessageInput::new(Frames::new(reader, Arc::new(End::default()))), written)
    }

    /// Waits until `what` holds.
    fn until(what: impl Fn() -> bool) {
        let begin = Instant::now();
        while !what() {
            assert!(begin.elapsed() < Duration::from_secs(60), "it takes too long");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn while_one_thing_takes_long_the_relief_reads_as_much_as_there_is_room_for() {
        let (mut input, written) = endless();
        let backup = input.backup();
        let backup = std::thread::spawn(|| backup.run());
        std::thread::sleep(3 * TICK);
        assert_eq!(written.load(Ordering::SeqCst), 0, "nobody is busy");
        input.begin();
        until(|| written.load(Ordering::SeqCst) > BACKLOG - LONG);
        std::thread::sleep(3 * TICK);
        assert!(written.load(Ordering::SeqCst) < BACKLOG + 2 * LONG);
        // The backup, which waits for room, is notified of room, and of the end of the serving thread.
        let before = written.load(Ordering::SeqCst);
        let mut cx = Context::from_waker(Waker::noop());
        for _ in 0..4 {
            assert!(matches!(input.next(&mut cx), Poll::Ready(Some(_))));
        }
        until(|| written.load(Ordering::SeqCst) > before + 2 * LONG);
        drop(input);
        backup.join().unwrap();
    }

    #[test]
    fn whoever_reads_the_next_one_is_read_too() {
        let body = r#"{"jsonrpc":"2.0","method":"x"}"#;
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let (done, ended) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let (reader, mut writer) = io::pipe().unwrap();
            let mut input = MessageInput::new(Frames::new(reader, Arc::new(End::default())));
            let backup = input.backup();
            std::thread::spawn(|| backup.run());
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            // The backup has just read a message and must leave the next one to the serving thread, again and again.
            for _ in 0..2_000 {
                input.begin();
                input.start_backup();
                while input.reader.frames().is_some() {
                    std::thread::yield_now();
                }
                for _ in 0..2 {
                    io::Write::write_all(&mut writer, frame.as_bytes()).unwrap();
                    assert!(runtime.block_on(std::future::poll_fn(|cx| input.wait(cx))).is_some());
                }
            }
            done.send(()).unwrap();
        });
        ended.recv_timeout(Duration::from_secs(120)).expect("a message that nobody reads");
    }

    #[test]
    fn messages_come_in_their_order_whoever_reads_them() {
        let numbered = |number: usize| {
            let body = format!(r#"{{"jsonrpc":"2.0","method":"{number}"}}"#);
            format!("Content-Length: {}\r\n\r\n{body}", body.len())
        };
        let stream: String = (0..5000).map(numbered).collect();
        let (reader, mut writer) = io::pipe().unwrap();
        let mut input = MessageInput::new(Frames::new(reader, Arc::new(End::default())));
        let backup = input.backup();
        let backup = std::thread::spawn(|| backup.run());
        let writing = std::thread::spawn(move || {
            for part in stream.as_bytes().chunks(777) {
                io::Write::write_all(&mut writer, part).unwrap();
            }
        });
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for number in 0..5000 {
            // Sometimes several tasks wait, sometimes one task takes long.
            if number % 3 == 0 {
                input.start_backup();
            }
            if number % 1000 == 0 {
                std::thread::sleep(2 * TICK);
            }
            let message = runtime.block_on(std::future::poll_fn(|cx| input.wait(cx)));
            assert!(matches!(message, Some(Message::Call(call)) if call.method == number.to_string()), "{number}");
        }
        assert!(runtime.block_on(std::future::poll_fn(|cx| input.wait(cx))).is_none());
        writing.join().unwrap();
        backup.join().unwrap();
    }
}
