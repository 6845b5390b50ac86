#!/usr/bin/env python3
"""What comes with the program: completions for three shells, the man page, the installed tree, the Debian package."""
import gzip
import os
import pathlib
import pty
import re
import shutil
import subprocess
import unittest

from cli_testing import GOROOT, LIBCIFY, SCRATCH, SOURCE, TARGET, TestCase, content, environment, main, needs_tree, run

BUILD = pathlib.Path(LIBCIFY).parent
COMMANDS = re.findall(r"(?m)^  (\w+) +\w", run("help").stdout.split("Commands:\n")[1].split("\n\n")[0])


def needs(program):
    return unittest.skipUnless(shutil.which(program), f"there is no {program}")


def options(command):
    """Of its help: names and, where it has one, the value."""
    return dict(re.findall(r"(?m)^ +(?:-h, )?--(\w+)(?: (\S+))?", run("help", command).stdout))


def said(command, **more):
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          env=environment(), **more)
    return done.returncode, done.stdout


class Completion(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scripts = {}
        for shell in "bash", "zsh", "fish":
            cls.scripts[shell] = SCRATCH / f"completion.{shell}"
            cls.scripts[shell].write_text(run("completion", shell).stdout)

    def bash(self, *words):
        """What bash is offered for the last word, and how it is asked to go on by itself."""
        script = 'compopt() { shift; asked=$1; }; . "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _libcify; ' \
                 'printf "%s\\n" "$asked" "${COMPREPLY[@]}"'
        code, out = said(["bash", "-c", script, "-", self.scripts["bash"], "libcify", *words])
        self.assertEqual(code, 0, out)
        asked, *offered = out.splitlines()
        return offered if any(offered) else asked

    def test_bash(self):
        self.assertEqual(sorted(self.bash("")), sorted([*COMMANDS, "help"]))
        self.assertEqual(self.bash("gen"), ["generate"])
        self.assertEqual(sorted(self.bash("help", "")), sorted(COMMANDS))
        for command in COMMANDS:
            if command in ("go", "llgo"):
                self.assertIn("build", self.bash(command, ""))
                self.assertEqual(self.bash(command, "build", ""), "default")
                continue
            known = options(command)
            self.assertIn("help", known)
            self.assertEqual(sorted(self.bash(command, "-")), sorted("--" + name for name in known), command)
            for name, value in known.items():
                if value.startswith("DIR"):
                    self.assertEqual(self.bash(command, "--" + name, "x"), "dirnames", (command, name))
        # A value of its own word, and behind =, which is a word of its own for bash.
        self.assertEqual(self.bash("scan", "--format", "j"), ["json"])
        self.assertEqual(self.bash("scan", "--format", "=", "j"), ["json"])
        self.assertLessEqual({"text", "json"}, set(self.bash("scan", "--format", "=")))
        self.assertEqual(self.bash("generate", "--target", "linux/mips64"), ["linux/mips64", "linux/mips64le"])
        self.assertEqual(self.bash("version", ""), "default")
        self.assertEqual(self.bash("completion", ""), ["bash", "zsh", "fish"])

    def typed(self, shell, keys, wanted):
        """Whether a shell on a terminal, with its completions read, shows `wanted` after the keys."""
        child, leader = pty.fork()
        if child == 0:
            os.chdir(SCRATCH)
            os.execvpe("timeout", ["timeout", "--foreground", "60", *shell], {**environment(), "TERM": "dumb"})
        try:
            os.write(leader, keys)
            out = b""
            while wanted not in out:
                out += os.read(leader, 4096)
        except OSError:  # EIO: the shell has ended
            pass
        finally:
            os.close(leader)
            os.waitpid(child, 0)
        return out

    def test_bash_on_a_terminal(self):
        script = SCRATCH / "rc"
        script.write_text(f'PS1="$ "; . "{self.scripts["bash"]}"; libcify() {{ echo "[$*]"; }}\n')
        out = self.typed(["bash", "--noprofile", "--rcfile", str(script), "-i"], b"libcify gen\t--for\tjs\t; exit\n",
                         b"[generate --format json]")
        self.assertIn(b"[generate --format json]", out)

    @needs("zsh")
    def test_zsh(self):
        self.assertEqual(said(["zsh", "-n", self.scripts["zsh"]]), (0, ""))
        folder = SCRATCH / "functions"
        folder.mkdir()
        shutil.copyfile(self.scripts["zsh"], folder / "_libcify")
        (SCRATCH / ".zshrc").write_text(f'PS1="$ "; fpath=("{folder}" $fpath); autoload -U compinit; compinit -u -D\n'
                                        'libcify() { echo "[$*]"; }\n')
        for keys, wanted in [(b"libcify gen\t--for\tjs\t; exit\n", b"[generate --format=json ]"),
                             (b"libcify compl\tfi\t; exit\n", b"[completion fish]"),
                             (b"libcify scan --target linux/mips64l\t; exit\n", b"[scan --target linux/mips64le]"),
                             (b"libcify go bui\t; exit\n", b"[go build]"), (b"libcify help explai\t; exit\n", b"[help explain]")]:
            out = self.typed(["zsh", "-i"], keys, wanted.replace(b" ]", b"]"))
            self.assertIn(wanted.replace(b" ]", b"]"), out)

    @needs("fish")
    def test_fish(self):
        self.assertEqual(said(["fish", "-n", self.scripts["fish"]]), (0, ""))

        def offered(line):
            code, out = said(["fish", "--no-config", "-c", 'source "$argv[1]"; complete -C "$argv[2]"', self.scripts["fish"], line], cwd=SCRATCH)
            self.assertEqual(code, 0, out)
            return [one.split("\t")[0] for one in out.splitlines()]

        self.assertEqual(sorted(offered("libcify ")), sorted([*COMMANDS, "help"]))
        for command in COMMANDS:
            if command not in ("go", "llgo"):
                self.assertEqual(sorted(offered(f"libcify {command} --")), sorted("--" + name for name in options(command)))
        self.assertLessEqual({"text", "json"}, set(offered("libcify scan --format ")))
        self.assertEqual(offered("libcify scan --target=linux/mips64l"), ["--target=linux/mips64le"])
        self.assertIn("build", offered("libcify go "))
        self.assertEqual(sorted(offered("libcify completion ")), ["bash", "fish", "zsh"])

    def test_usage(self):
        self.fails(2, "^error: completion for which shell\\?; see libcify help completion\n$", "completion")
        self.fails(2, "^error: no completion for the shell 'csh'; see libcify help completion\n$", "completion", "csh")


class Manual(TestCase):
    def test_says_what_help_says(self):
        page = self.ok("help", "--man").replace("\\-", "-").replace("\\&", "")
        for command in COMMANDS:
            self.assertIn(f"\n.Ss libcify {command}\n", page)
            section = page.split(f"\n.Ss libcify {command}\n")[1].split("\n.S")[0]
            told = re.findall(r"(?m)^\.It Fl Fl (\w+)", section)
            self.assertEqual(sorted(told), sorted(set(options(command)) - {"help"}), command)
            for line in run("help", command).stdout.split("Examples:\n")[1].splitlines():
                self.assertIn(line.strip(), section)
        overview = run("help").stdout
        for code, meaning in re.findall(r"(\d) ([a-z ]+)[;.]", overview.split("Exit codes:")[1].split("\n")[0]):
            self.assertIn(f".It Li {code}\n{meaning}\n", page)
        for name in re.findall(r"(?m)^  ([A-Z_]+)  ", overview):
            self.assertIn(f".It Ev {name}\n", page)

    @needs("mandoc")
    def test_lint(self):
        page = SCRATCH / "libcify.1"
        page.write_text(self.ok("help", "--man"))
        self.assertEqual(said(["mandoc", "-Tlint", "-W", "warning", page]), (0, ""))
        page.write_text(page.read_text().replace(".Sh NAME", ".Xy NAME"))
        self.assertNotEqual(said(["mandoc", "-Tlint", "-W", "warning", page])[0], 0, "the check cannot fail")

    @needs("groff")
    def test_groff(self):
        page = SCRATCH / "libcify.1"
        page.write_text(self.ok("help", "--man"))
        code, out = said(["groff", "-k", "-ww", "-mdoc", "-Tutf8", "-P-cbou", page])
        self.assertEqual(code, 0, out)
        self.assertNotIn("warning", out)
        self.assertRegex(out, r"(?m)^ +--goroot DIR$")


class Installed(TestCase):
    """The tree of cmake --install, and that of the Debian package, which must be the same."""

    @classmethod
    def setUpClass(cls):
        cls.prefix = SCRATCH / "prä fix"
        cls.said = said(["cmake", "--install", BUILD, "--prefix", cls.prefix])

    def works_alone(self, prefix):
        """The program of that tree, on the data of that tree."""
        program = prefix / "bin/libcify"
        code, out = said([program, "version"])
        self.assertEqual((code, out), (0, self.ok("version")))
        if os.path.isdir(GOROOT):
            words = ["generate", "--goroot", GOROOT, "--target", TARGET, "--out"]
            for one, name in (program, "installed"), (LIBCIFY, "built"):
                code, out = said([one, *words, SCRATCH / name])
                self.assertEqual(code, 0, out)
            made, wanted = content(SCRATCH / "installed"), content(SCRATCH / "built")
            for files in made, wanted:
                del files["overlay.json"]  # which names the folder
            self.assertEqual(made, wanted)
        share = prefix / "share/libcify"
        share.rename(prefix / "elsewhere")
        code, out = said([program, "version"])
        (prefix / "elsewhere").rename(share)
        self.assertEqual((code, out), (2, f"{share}: error: rules and overlays are not where they were installed; install again, or "
                                          "name their folder with --data or LIBCIFY_DATA\n"))

    def test_install(self):
        self.assertEqual(self.said[0], 0, self.said[1])
        self.works_alone(self.prefix)
        share = self.prefix / "share"
        for folder in "rules", "overlays", "report":
            self.assertEqual(content(share / "libcify" / folder), content(SOURCE / folder))
        page = gzip.decompress((share / "man/man1/libcify.1.gz").read_bytes()).decode()
        self.assertEqual(page, self.ok("help", "--man"))
        for shell, file in [("bash", "bash-completion/completions/libcify"), ("zsh", "zsh/vendor-completions/_libcify"),
                            ("fish", "fish/vendor_completions.d/libcify.fish")]:
            self.assertEqual((share / file).read_text(), self.ok("completion", shell))
        self.assertTrue((share / "doc/libcify/README.md").is_file())
        for name, data in content(self.prefix).items():
            self.assertNotIn(str(SOURCE).encode(), data, name)

    @needs("dpkg-shlibdeps")
    @needs("cpack")
    def test_debian_package(self):
        folder, unpacked = SCRATCH / "deb", SCRATCH / "unpacked"
        folder.mkdir()
        code, out = said(["cpack", "-G", "DEB", "-B", folder, "--config", BUILD / "CPackConfig.cmake"], cwd=folder)
        self.assertEqual(code, 0, out)
        (package,) = folder.glob("*.deb")
        self.assertEqual(said(["dpkg", "-x", package, unpacked]), (0, ""))
        self.works_alone(unpacked / "usr")
        files, installed = content(unpacked / "usr"), content(self.prefix)
        self.assertEqual(set(files), set(installed))
        for name in set(files) - {"bin/libcify"}:  # which is stripped
            self.assertEqual(files[name], installed[name], name)
        fields = dict(re.findall(r"(?m)^([A-Z][\w-]*): (.*)$", said(["dpkg", "-f", package])[1]))
        version = self.ok("version").split()[1]
        self.assertEqual((fields["Package"], fields["Version"], fields["Section"]), ("libcify", version, "devel"))
        self.assertRegex(fields["Maintainer"], r"^[^<>]+ <\S+@\S+>$")
        self.assertIn("Description", fields)
        # Each library that the program asks the loader for comes from a package that it depends on.
        wanted = re.findall(r"NEEDED +(\S+)", said(["objdump", "-p", unpacked / "usr/bin/libcify"])[1])
        self.assertIn("libre2.so.9", wanted)
        depends = {one.split()[0] for one in fields["Depends"].split(", ")}
        for library in wanted:
            owners = {line.split(":")[0] for line in said(["dpkg", "-S", f"*/{library}"])[1].splitlines()}
            self.assertTrue(owners & depends, (library, owners, depends))
        if shutil.which("lintian"):
            self.assertEqual(said(["lintian", "--allow-root", "--fail-on", "warning", package]), (0, ""))
        else:
            print("package: lintian is not here")


if __name__ == "__main__":
    print("what comes with", LIBCIFY)
    main()
