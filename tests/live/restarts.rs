//! Engines that restart while logs are read: what was written before, meanwhile and afterwards is there once, in order,
//! with frames and of terminals, one by one and as one.

use super::reader::{Of, Reader, on_whole_lines};
use crate::support::engines::{Live, Product, address};
use crate::support::private::Private;
use dockerui_tui::domain::{ContainerId, RestartPolicy};

/// Writes on whatever becomes of its engine; starts again behind what it wrote before.
const WRITER: &str = "trap 'over=1' TERM; i=$(cat /n 2>/dev/null || echo 1); \
    while [ -z $over ]; do echo $i; i=$((i + 1)); usleep 3000; done; echo $i > /n";

/// What an engine does with what is written while it is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeps {
    All,
    /// A daemon that ends before its containers takes what it has read of them and not yet written down with it: what there
    /// is to be read is what the engine has kept.
    NotAll,
}

async fn writer(live: &Live, suffix: &str, tty: bool, keeps: Keeps) -> ContainerId {
    let script = match keeps {
        Keeps::All => on_whole_lines(live, WRITER),
        Keeps::NotAll => format!("stty -opost 2>/dev/null; {WRITER}"),
    };
    let mut spec = live.spec(suffix, &["sh", "-c", &script]);
    (spec.tty, spec.restart) = (tty, RestartPolicy::Always);
    live.create(spec).await.id
}

async fn restarted(product: Product, own: Private, keeps: Keeps) {
    if address(product).is_none() {
        return;
    }
    let mut own = own;
    let live = Live::new(product, own.start(product));
    let ids = [writer(&live, "frames", false, keeps).await, writer(&live, "terminal", true, keeps).await];
    let log = |id: &ContainerId| Of { live: &live, container: id.clone() };
    let one = |id: &ContainerId| Reader::new(&live, id.clone(), "1MiB", 100);
    let mut readers = [one(&ids[0]), one(&ids[1]), Reader::of_several(ids.iter().map(log).collect(), "1MiB", 100)];
    for reader in &mut readers {
        reader.engine_loses = keeps == Keeps::NotAll;
        reader.until_held(300).await;
    }
    let before = readers[2].held().iter().filter_map(|held| held.last().copied()).max().expect("lines");
    for again in 1..=2 {
        // All go on being read while the engine goes.
        let restart = tokio::task::spawn_blocking(move || {
            own.script("restart", &[product.name()]);
            own
        });
        for reader in &mut readers {
            reader.until_lost().await;
        }
        own = restart.await.expect("the restart");
        for reader in &mut readers {
            reader.found_again();
        }
        for reader in &mut readers {
            reader.until_held(before + again * 500).await;
        }
    }
    let last = before + 1000;
    for id in &ids {
        live.docker(&["pause", id.as_str()]);
    }
    for reader in &mut readers {
        reader.settle().await;
        reader.check_kept();
        reader.scroll(-3, 1).await;
        reader.check_kept();
    }
    if keeps == Keeps::All {
        for id in &ids {
            let kept: Vec<usize> = log(id).kept().into_iter().take_while(|number| *number <= last).collect();
            assert_eq!(kept, (1..=last).collect::<Vec<_>>(), "what is kept, as the client shows it");
        }
    }
}

/// Its containers end with it and start again.
#[tokio::test]
async fn docker() {
    restarted(Product::Docker, Private::new(), Keeps::All).await;
}

/// Its containers live on without it.
#[tokio::test]
async fn docker_with_live_restore() {
    restarted(Product::Docker, Private::with("--live-restore"), Keeps::NotAll).await;
}

#[tokio::test]
async fn podman() {
    restarted(Product::Podman, Private::new(), Keeps::All).await;
}
