//! A tiny shell: enough of `sh` to show that what is typed arrives and what is printed comes back.

/// What the shell sees around it.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub hostname: String,
    pub user: String,
    pub directory: String,
    pub environment: Vec<String>,
    /// Programs in the image; empty for one without a shell.
    pub programs: Vec<String>,
    pub processes: Vec<String>,
    /// Rows and columns of the terminal.
    pub size: (u16, u16),
}

#[derive(Debug)]
pub struct Shell {
    place: Place,
    tty: bool,
    /// Typed since the last line end.
    line: Vec<u8>,
    /// `cat` and its like: gives back what comes in instead of reading commands.
    copies: bool,
    /// How many shells read what is typed, one started by the other.
    depth: u32,
}

/// What came of a piece of input: prints (whether to stderr), and the exit code at the end.
#[derive(Debug, Default)]
pub struct Step {
    pub printed: Vec<(bool, Vec<u8>)>,
    pub exit: Option<i64>,
}

/// Programs known without being in the list of the image, where there is a shell at all.
const BUILT_IN: [&str; 26] = [
    "sh", "cat", "cd", "clear", "command", "date", "echo", "env", "exit", "false", "head", "hostname", "id", "kill",
    "ls", "ps", "printenv", "pwd", "sleep", "stty", "test", "true", "tty", "uname", "wc", "whoami",
];

impl Step {
    fn print(&mut self, text: &str) {
        self.printed.push((false, text.as_bytes().to_vec()));
    }

    fn complain(&mut self, text: &str) {
        self.printed.push((true, text.as_bytes().to_vec()));
    }
}

impl Shell {
    /// Runs a command: a shell waits for input, anything else is done at once.
    pub fn run(command: &[String], place: Place, tty: bool) -> (Self, Step) {
        let mut shell = Self { place, tty, line: Vec::new(), copies: false, depth: 0 };
        let mut step = Step::default();
        let program = command.first().map_or("", String::as_str);
        let name = program.rsplit('/').next().unwrap_or(program);
        if !shell.has(name) {
            let why = if program.contains('/') {
                format!("stat {program}: no such file or directory")
            } else {
                "executable file not found in $PATH".to_owned()
            };
            let quoted = format!("exec: \"{program}\": {why}");
            step.complain(&format!(
                "OCI runtime exec failed: exec failed: unable to start container process: {quoted}: unknown\r\n"
            ));
            step.exit = Some(127);
            return (shell, step);
        }
        let script = command.iter().position(|word| word == "-c" || word == "-lc").and_then(|at| command.get(at + 1));
        match (name, script) {
            ("sh" | "bash" | "ash", Some(script)) => {
                let code = shell.script(script, &mut step);
                // `… && exec bash || exec sh` ends in a shell that reads.
                if shell.depth == 0 {
                    step.exit = step.exit.or(Some(code));
                } else if tty {
                    step.print(&shell.prompt());
                }
            }
            ("sh" | "bash" | "ash", None) => {
                shell.depth = 1;
                if tty {
                    step.print(&shell.prompt());
                }
            }
            ("cat", _) if command.len() == 1 => shell.copies = true,
            _ => {
                let code = shell.command(&command.join(" "), &mut step);
                step.exit = step.exit.or(Some(code));
            }
        }
        shell.cook(&mut step);
        (shell, step)
    }

    pub fn resize(&mut self, size: (u16, u16)) {
        self.place.size = size;
    }

    /// What was typed; nothing is the end of input.
    pub fn typed(&mut self, bytes: &[u8]) -> Step {
        let mut step = Step::default();
        if bytes.is_empty() {
            step.exit = Some(0);
        }
        for byte in bytes {
            if step.exit.is_none() {
                self.key(*byte, &mut step);
            }
        }
        self.cook(&mut step);
        step
    }

    fn key(&mut self, byte: u8, step: &mut Step) {
        let echo = |step: &mut Step, bytes: &[u8]| {
            if self.tty {
                step.printed.push((false, bytes.to_vec()));
            }
        };
        match byte {
            b'\r' | b'\n' => {
                echo(step, b"\n");
                let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
                if self.copies {
                    step.print(&format!("{line}\n"));
                    return;
                }
                self.script(&line, step);
                self.leave(step);
                if self.tty && step.exit.is_none() {
                    step.print(&self.prompt());
                }
            }
            // Ctrl-c drops the line, Ctrl-d on an empty one ends the shell.
            3 if self.tty => {
                self.line.clear();
                step.print("^C\n");
                step.print(&self.prompt());
            }
            4 if self.tty && self.line.is_empty() => {
                step.exit = Some(0);
                self.leave(step);
                if step.exit.is_none() {
                    step.print("\n");
                    step.print(&self.prompt());
                }
            }
            0x7f | 8 if self.tty => {
                if let Some(last) = self.line.pop() {
                    // The rest of a character of several bytes goes with its last.
                    let mut byte = last;
                    while byte & 0xc0 == 0x80 {
                        byte = self.line.pop().unwrap_or(0);
                    }
                    step.print("\u{8} \u{8}");
                }
            }
            0x0c if self.tty => {
                step.print("\u{1b}[H\u{1b}[2J");
                step.print(&self.prompt());
            }
            other => {
                self.line.push(other);
                echo(step, &[other]);
            }
        }
    }

    /// An exit ends the innermost shell; the one that started it reads on.
    fn leave(&mut self, step: &mut Step) {
        if step.exit.is_some() && self.depth > 1 {
            self.depth -= 1;
            step.exit = None;
        }
    }

    fn prompt(&self) -> String {
        let mark = if self.place.user == "root" { '#' } else { '$' };
        match self.place.programs.iter().any(|program| program == "bash") {
            true => format!("{}@{}:{}{mark} ", self.place.user, self.place.hostname, self.place.directory),
            false => format!("{} {mark} ", self.place.directory),
        }
    }

    /// A terminal puts a carriage return before every line feed.
    fn cook(&self, step: &mut Step) {
        if !self.tty {
            return;
        }
        for (_, text) in &mut step.printed {
            let mut cooked = Vec::with_capacity(text.len() + 8);
            let mut before = 0;
            for byte in text.iter().copied() {
                if byte == b'\n' && before != b'\r' {
                    cooked.push(b'\r');
                }
                cooked.push(byte);
                before = byte;
            }
            *text = cooked;
        }
    }

    fn has(&self, program: &str) -> bool {
        let shell = !self.place.programs.is_empty();
        shell && (BUILT_IN.contains(&program) || self.place.programs.iter().any(|known| known == program))
    }

    /// Commands with `;`, `&&` and `||` between them; tells the code of the last one run.
    fn script(&mut self, script: &str, step: &mut Step) -> i64 {
        let mut code = 0;
        let depth = self.depth;
        let script = script.replace("&&", "\u{1}&").replace("||", "\u{1}|").replace(';', "\u{1};");
        for part in script.replace('\n', "\u{1};").split('\u{1}') {
            let (runs, command) = match part.as_bytes().first() {
                Some(b'&') => (code == 0, part.get(1..).unwrap_or_default()),
                Some(b'|') => (code != 0, part.get(1..).unwrap_or_default()),
                Some(b';') => (true, part.get(1..).unwrap_or_default()),
                _ => (true, part),
            };
            if runs && !command.trim().is_empty() {
                code = self.command(command.trim(), step);
                if step.exit.is_some() || self.depth > depth {
                    return code;
                }
            }
        }
        code
    }

    /// Runs one command and tells its exit code.
    fn command(&mut self, line: &str, step: &mut Step) -> i64 {
        let quiet = line.contains(">/dev/null") || line.contains("> /dev/null");
        let line = without_redirection(line);
        let words = shell_words::split(line).unwrap_or_else(|_| line.split(' ').map(str::to_owned).collect());
        let mut words: Vec<String> = words.iter().map(|word| self.expanded(word)).collect();
        if words.first().is_some_and(|word| word == "exec") {
            words.remove(0);
        }
        let Some((program, arguments)) = words.split_first() else { return 0 };
        let mut out = Step::default();
        let code = self.program(program.rsplit('/').next().unwrap_or(program), arguments, &mut out);
        step.exit = out.exit;
        if !quiet {
            step.printed.extend(out.printed);
        }
        code
    }

    fn program(&mut self, program: &str, arguments: &[String], out: &mut Step) -> i64 {
        let first = arguments.first().map_or("", String::as_str);
        match program {
            "exit" => {
                let code = first.parse().unwrap_or(0);
                out.exit = Some(code);
                return code;
            }
            "echo" => match arguments.split_first() {
                Some((flag, rest)) if flag == "-n" => out.print(&rest.join(" ")),
                _ => out.print(&format!("{}\n", arguments.join(" "))),
            },
            "pwd" => out.print(&format!("{}\n", self.place.directory)),
            "cd" => {
                self.place.directory =
                    if first.is_empty() { "/root".into() } else { resolved(&self.place.directory, first) }
            }
            "env" | "printenv" => {
                for variable in &self.place.environment {
                    out.print(&format!("{variable}\n"));
                }
            }
            "ls" => out.print(listing(if first.starts_with('-') || first.is_empty() {
                &self.place.directory
            } else {
                first
            })),
            "ps" => {
                out.print("PID   USER     TIME  COMMAND\n");
                for (index, process) in self.place.processes.iter().enumerate() {
                    let (user, command) = process.split_once('|').unwrap_or(("root", process));
                    out.print(&format!("{:>5} {user:<8} 0:0{index} {command}\n", 1 + index * 6));
                }
                out.print("   61 root      0:00 ps\n");
            }
            "hostname" => out.print(&format!("{}\n", self.place.hostname)),
            "whoami" => out.print(&format!("{}\n", self.place.user)),
            "id" => out.print("uid=0(root) gid=0(root) groups=0(root)\n"),
            "uname" => out.print("Linux\n"),
            "stty" => out.print(&format!("{} {}\n", self.place.size.0, self.place.size.1)),
            "tty" if self.tty => out.print("/dev/pts/0\n"),
            "tty" => {
                out.print("not a tty\n");
                return 1;
            }
            "clear" => out.print("\u{1b}[H\u{1b}[2J"),
            "command" => match arguments.iter().find(|word| !word.starts_with('-')) {
                Some(wanted) if self.has(wanted) => out.print(&format!("/bin/{wanted}\n")),
                _ => return 127,
            },
            "test" => {
                let wanted = arguments.last().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
                return i64::from(!self.has(wanted));
            }
            "cat" if first.ends_with("/os-release") => out.print("PRETTY_NAME=\"Demo Linux\"\nID=demo\n"),
            "cat" | "head" if !first.is_empty() => {
                out.complain(&format!("{program}: can't open '{first}': No such file or directory\n"));
                return 1;
            }
            "false" => return 1,
            "sh" | "bash" | "ash" if first == "-c" => {
                let code = self.script(arguments.get(1).map_or("", String::as_str), out);
                return out.exit.take().unwrap_or(code);
            }
            "sh" | "bash" | "ash" if self.has(program) && arguments.iter().all(|word| word.starts_with('-')) => {
                self.depth += 1
            }
            known if self.has(known) => {}
            unknown => {
                out.complain(&format!("sh: {unknown}: not found\n"));
                return 127;
            }
        }
        0
    }

    /// `$NAME` becomes the variable's value.
    fn expanded(&self, word: &str) -> String {
        let Some(name) = word.strip_prefix('$') else { return word.to_owned() };
        let name = name.trim_start_matches('{').trim_end_matches('}');
        let found = self.place.environment.iter().rev().find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        found.unwrap_or_default().to_owned()
    }
}

/// The command before `>`, and before the number of the stream that goes there: `2>&1`.
fn without_redirection(line: &str) -> &str {
    let Some((head, _)) = line.split_once('>') else { return line };
    match head.strip_suffix(['1', '2']) {
        Some(before) if before.is_empty() || before.ends_with(' ') => before,
        Some(_) | None => head,
    }
}

fn resolved(directory: &str, target: &str) -> String {
    let whole = if target.starts_with('/') { target.to_owned() } else { format!("{directory}/{target}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    format!("/{}", parts.join("/"))
}

fn listing(directory: &str) -> &'static str {
    match directory {
        "/" => "bin\ndev\netc\nhome\nlib\nproc\nroot\nrun\nsbin\nsys\ntmp\nusr\nvar\n",
        "/etc" => "group\nhostname\nhosts\nnginx\nos-release\npasswd\nresolv.conf\n",
        "/app" | "/srv" => "Dockerfile\nREADME.md\nnode_modules\npackage.json\nsrc\n",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_redirection_is_taken_off_a_command() {
        for (line, command) in [
            ("echo x1", "echo x1"),
            ("ls 2>/dev/null", "ls "),
            ("echo x1>f", "echo x1"),
            ("echo x 1>f", "echo x "),
            (">f", ""),
        ] {
            assert_eq!(without_redirection(line), command);
        }
    }
}
