"""Makes the hostile cases that cannot be kept as text files: odd bytes, links, sizes, inheritance without end.

They use only what every model has (the keys run.*), so that they serve any program.
"""
import os


def write(folder, name, text):
    with open(os.path.join(folder, "hostile-" + name), "wb") as file:
        file.write(text.encode() if isinstance(text, str) else text)


def odd_bytes(folder):
    write(folder, "nul.toml", b"# says: NUL\n# at: 4:9\n[run]\nseed = 7\0\n")
    write(folder, "bom.toml", b"\xef\xbb\xbf# exit: 0\n[run]\nseed = 7\n")
    write(folder, "bom-error.toml", b"\xef\xbb\xbf# at: 3:8\n[run]\nseed = -7\n")
    write(folder, "crlf.toml", b"# exit: 0\r\n[run]\r\nseed = 7\r\nname = \"a\"\r\n")
    write(folder, "crlf-error.toml", b"# at: 3:8\r\n# errors: 1\r\nrun.seed=\"x\"\r\n".replace(b"3:8", b"3:10"))
    write(folder, "not-utf8.toml", b"# at: 3:10\n[run]\ntitle = \"a\xff\xfe\"\n")
    write(folder, "control.toml", b"# at: 3:11\n[run]\ntitle = \"a\x01\"\n")
    write(folder, "binary.toml", b"# says: error\n" + bytes(range(1, 256)) * 20)
    wide = "[run]\nseed = 7\n".encode("utf-16")
    write(folder, "utf16-base.toml", wide)
    write(folder, "utf16.toml", '# says: UTF-16\nextends = "hostile-utf16-base.toml"\n')


def sizes(folder):
    write(folder, "empty.toml", "# exit: 0\n")
    write(folder, "nothing-base.toml", b"")
    write(folder, "nothing.toml", '# exit: 0\nextends = "hostile-nothing-base.toml"\n')
    write(folder, "long-line.toml", '# exit: 0\n[run]\ntitle = "' + "x" * 10_000_000 + '"\n')
    write(folder, "long-line-error.toml", "# at: 3:8\n[run]\nseed = [" + "1, " * 1_000_000 + "1]\n")
    write(folder, "long-key.toml", "# at: 3:1\n[run]\n" + "x" * 1_000_000 + " = 1\n")
    write(folder, "many-keys.toml", "# says: more errors\n[run]\n" + "".join(f"k{i} = 1\n" for i in range(100_000)))
    write(folder, "deep-keys.toml", "# says: deep\nrun" + ".a" * 100_000 + " = 1\n")
    write(folder, "deep-arrays.toml", "# says: error\nrun.seed = " + "[" * 100_000 + "\n")
    write(folder, "deep-tables.toml", "# says: error\nrun.seed = " + "{a=" * 100_000 + "\n")
    write(folder, "large.toml", '# says: larger than\nextends = "hostile-large-base.toml"\n')
    with open(os.path.join(folder, "hostile-large-base.toml"), "wb") as file:
        file.truncate(100 << 20)


def links(folder):
    outside = os.path.join(os.path.dirname(folder), "outside.toml")
    with open(outside, "w", encoding="utf-8") as file:
        file.write("[run]\nseed = 7\n")
    os.symlink(outside, os.path.join(folder, "hostile-link-base.toml"))
    os.symlink("hostile-round.toml", os.path.join(folder, "hostile-round.toml"))
    os.mkdir(os.path.join(folder, "hostile-folder.toml"))
    os.mkfifo(os.path.join(folder, "hostile-pipe.toml"))
    write(folder, "link-out.toml", '# at: 3:11\n# says: leads out of the scenario root\nextends = "hostile-link-base.toml"\n')
    write(folder, "link-round.toml", '# at: 2:11\nextends = "hostile-round.toml"\n')
    write(folder, "extends-folder.toml", '# says: it is a folder\nextends = "hostile-folder.toml"\n')
    write(folder, "extends-pipe.toml", '# says: no regular file\nextends = "hostile-pipe.toml"\n')
    write(folder, "extends-device.toml", '# says: absolute path\nextends = "/dev/zero"\n')


def inheritance(folder):
    write(folder, "double-0.toml", "[run]\nseed = 7\n")
    for i in range(1, 41):
        header = "# exit: 0\n" if i == 40 else ""
        write(folder, f"double-{i}.toml", f'{header}extends = ["hostile-double-{i - 1}.toml", "hostile-double-{i - 1}.toml"]\n')
    write(folder, "chain-0.toml", "[run]\nseed = 7\n")
    for i in range(1, 101):
        header = "# says: extend one another\n" if i == 100 else ""
        write(folder, f"chain-{i}.toml", f'{header}extends = "hostile-chain-{i - 1}.toml"\n')


def make(folder):
    odd_bytes(folder)
    sizes(folder)
    links(folder)
    inheritance(folder)
