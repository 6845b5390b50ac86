#!/usr/bin/env python3
"""The atlas (libcify report): its data against the other commands, and the page in a headless browser (Chromium by Selenium;
without them those tests are skipped, and said so). LIBCIFY_ATLAS_SHOTS names a folder for screenshots."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

from cli_testing import GOROOT, SCRATCH, TARGET, TestCase, cut_copy, main, needs_tree

try:
    from selenium import webdriver
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
except ImportError:
    DEBIANS = "/usr/bin/python3"  # whose Selenium apt installs
    if sys.executable != DEBIANS and subprocess.run([DEBIANS, "-c", "import selenium"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
        os.execv(DEBIANS, [DEBIANS, "-B", *sys.argv])
    webdriver = None
BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
SHOTS = os.environ.get("LIBCIFY_ATLAS_SHOTS")


@needs_tree
class Data(TestCase):
    def test_says_what_the_other_commands_say(self):
        report = json.loads(self.ok("report", "--goroot", GOROOT, "--format", "json"))
        texts, ports = report["texts"], {port["name"]: port for port in report["ports"]}
        scan = json.loads(self.ok("scan", "--goroot", GOROOT, "--target", TARGET, "--format", "json"))
        self.ok("generate", "--goroot", GOROOT, "--target", TARGET, "--out", SCRATCH / "out")
        bindings = json.loads((SCRATCH / "out/bindings.json").read_text())
        port = ports[TARGET]
        self.assertEqual(report["go"], scan["go"])
        self.assertEqual(port["totals"], {"sites": scan["totals"], "bindings": bindings["totals"]})
        # Each binding is a call, with its function and reason; each site is a place of one call.
        told = {}
        for name, number, binding, _ in port["calls"]:
            if binding is None:
                self.assertRegex(name, r"^(__vdso_\w+|\(known when it runs\))$")
                continue
            row = dict(zip(report["binding_fields"], (texts[i] for i in report["bindings"][binding])))
            told[name] = (number, row["how"], row["cfunction"], row["reason"], row["compared"])
        self.assertEqual(told, {one["name"]: (one["number"], one["how"], one["cfunction"] or "", one["proof"]["reason"] or "",
                                              "\n".join(one["proof"]["compared"])) for one in bindings["bindings"]})
        fields = report["place_fields"]
        places = sorted(tuple(texts[i] for i in report["places"][place]) for call in port["calls"] for place in call[3])
        sites = sorted(tuple(str(site[field] or (site["package"] if field == "func" else "")) for field in fields)
                       for site in scan["sites"])
        self.assertEqual(places, sites)
        # A port that nothing is written for says why.
        self.assertEqual(ports["linux/arm64"]["reason"], "")
        self.assertRegex(ports["plan9/amd64"]["reason"], "is left as it is")
        self.assertRegex(ports["android/arm64"]["reason"], "headers are not known")
        self.assertEqual(len(report["history"]), 1)

    def test_history_is_in_the_order_of_the_versions(self):
        older = cut_copy("older")
        version = (older / "VERSION").read_text()
        (older / "VERSION").unlink()
        (older / "VERSION").write_text(re.sub(r"^go1\.\d+\S*", "go1.9", version))
        report = json.loads(self.ok("report", "--goroot", GOROOT, "--target", TARGET, "--format", "json", older))
        first, last = report["history"]
        self.assertEqual((first["go"], last["go"]), ("go1.9", report["go"]))
        self.assertEqual(first["ports"], last["ports"])  # the same tree under another name
        self.assertEqual(list(first["ports"]), [TARGET])

    def test_nothing_is_written_where_it_fails(self):
        page = SCRATCH / "no.html"
        self.fails(2, "error: ", "report", "--goroot", GOROOT, "--out", page, SCRATCH / "no such tree")
        self.assertFalse(page.exists())
        self.fails(2, "error: ", "report", "--goroot", GOROOT, "--target", TARGET, "--out", SCRATCH / "no folder" / "a.html")


@needs_tree
@unittest.skipUnless(webdriver and BROWSER and DRIVER, "Chromium, its driver or Selenium is not installed (scripts/bootstrap test)")
class Page(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = SCRATCH / "atlas ü.html"
        older = cut_copy("one call less")  # linux/amd64 alone: acct is gone from Go, and one is new
        calls = older / "src/syscall/zsyscall_linux_amd64.go"
        text = calls.read_text()
        calls.unlink()
        calls.write_text(text.replace("SYS_ACCT", "SYS_SYNC"))
        version = (older / "VERSION").read_text()
        (older / "VERSION").unlink()
        (older / "VERSION").write_text(re.sub(r"^go1\.\d+\S*", "go1.9", version))
        TestCase().ok("report", "--goroot", GOROOT, "--out", cls.page, older)
        options = webdriver.ChromeOptions()
        options.binary_location = BROWSER
        # A page that needs the network would wait for a proxy that is not there.
        for word in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1500,1100",
                     "--force-device-scale-factor=1", "--proxy-server=127.0.0.1:9"):
            options.add_argument(word)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        cls.browser = webdriver.Chrome(service=webdriver.chrome.service.Service(DRIVER), options=options)
        cls.addClassCleanup(cls.browser.quit)

    def setUp(self):
        self.browser.get("about:blank")
        self.browser.get(self.page.as_uri())

    def tearDown(self):
        self.assertEqual(self.browser.get_log("browser"), [])

    def one(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def cell(self, name, port):
        return self.one(f'#grid td[aria-label^="{name} on {port}:"]')

    def shot(self, name):
        if SHOTS:
            self.browser.save_screenshot(str(pathlib.Path(SHOTS) / (name + ".png")))

    def test_totals_add_up(self):
        self.assertFalse(self.one("#wrong").is_displayed())
        self.assertEqual(len(self.all("#ports tbody tr")), 47)
        rows = [[cell.text for cell in row.find_elements(By.CSS_SELECTOR, "th, td")] for row in self.all("#ports tr")]
        head, *body, foot = rows
        first, last = head.index("Places") + 1, head.index("Calls")
        for row in body:
            self.assertEqual(sum(map(int, row[first:last])), int(row[last]), row)
        for column in range(first - 1, last + 1):
            self.assertEqual(sum(int(row[column]) for row in body), int(foot[column]), head[column])
        # The browser counts anew: a total that is wrong is told.
        text = self.page.read_text()
        broken = self.page.with_name("broken.html")
        broken.write_text(re.sub(r'("bindings":\{[^}]*"direct":)(\d+)', r"\g<1>9\g<2>", text, count=1))
        self.browser.get(broken.as_uri())
        self.assertTrue(self.one("#wrong").is_displayed())
        self.assertRegex(self.one("#wrong").text, r"do not add up: \w+/\w+: \d+ cells are direct")
        self.shot("ports")

    def test_a_cell_says_why(self):
        self.one("#search").send_keys("openat2")
        self.one("#asked").click()
        self.assertRegex(self.one("#found").text, r"^Calls: 1, ports: \d+, cells: \d+$")
        self.cell("openat2", "linux/amd64").click()
        self.assertEqual(self.one("#detail-title").text, "openat2 on linux/amd64")
        detail = self.one("#detail").text
        self.assertRegex(detail, "fallback")
        self.assertRegex(detail, r"contract\s+long sys_openat2\(int dfd, const char \* filename")
        self.assertRegex(detail, r"why\s+\S")
        self.assertRegex(detail, "the standard library does not ask for it")
        self.shot("why")
        # Go's place, prototype and header, of one that Go asks for.
        self.one("#search").clear()
        self.one("#search").send_keys("fstatat")  # the C function
        self.cell("newfstatat", "linux/amd64").click()
        detail = self.one("#detail").text
        self.assertRegex(detail, r"prototype\s+int fstatat\(int fd, const char \* file, struct stat \* buf, int flag\)")
        self.assertRegex(detail, "<sys/stat.h>")
        self.assertRegex(detail, r"syscall/zsyscall_linux_amd64\.go:\d+ request in fstatat by syscall\.Syscall6")

    def test_filters(self):
        def count():
            return len(self.all("#grid tbody tr"))

        asked = count()
        self.one("#asked").click()
        everything = count()
        self.assertGreater(everything, asked)
        for box in self.all("input[name=how]"):
            if box.get_attribute("value") != "demultiplexed":
                box.click()
        self.assertTrue(0 < count() < 40)
        for row in self.all("#grid tbody tr"):
            self.assertIn("M", [cell.text for cell in row.find_elements(By.TAG_NAME, "td")])
        self.one('input[name=family][value="Windows"]').click()
        self.assertEqual(count(), 0)
        self.one('input[name=how][value="direct"]').click()
        self.cell("CreateFileW", "windows/amd64").click()
        self.assertRegex(self.one("#detail").text, r"library\s+kernel32\.dll")
        self.shot("windows")

    def test_keyboard_alone(self):
        body = self.one("body")
        body.send_keys(Keys.TAB)
        self.assertEqual(self.browser.switch_to.active_element.text, "Skip to the calls")
        self.browser.switch_to.active_element.send_keys(Keys.ENTER)
        for _ in range(20):  # from the search field on, to the one cell that Tab enters
            self.browser.switch_to.active_element.send_keys(Keys.TAB)
            if self.browser.switch_to.active_element.get_attribute("role") == "gridcell":
                break
        first = self.browser.switch_to.active_element
        self.assertEqual(first, self.one("#grid tbody td"))
        for key in (Keys.ARROW_DOWN, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT, Keys.PAGE_DOWN, Keys.PAGE_UP):
            self.browser.switch_to.active_element.send_keys(key)
        here = self.browser.switch_to.active_element
        self.assertEqual(here, self.all("#grid tbody tr")[0 if here == first else 1].find_elements(By.TAG_NAME, "td")[1])
        self.assertEqual(len(self.all('#grid td[tabindex="0"]')), 1)
        while not here.text:  # a cell of a port that has the call
            here.send_keys(Keys.ARROW_DOWN)
            here = self.browser.switch_to.active_element
        label = here.get_attribute("aria-label")
        here.send_keys(Keys.ENTER)
        self.assertEqual(self.browser.switch_to.active_element, self.one("#detail"))
        self.assertEqual(self.one("#detail-title").text, label.split(":")[0])
        self.browser.switch_to.active_element.send_keys(Keys.ESCAPE)
        self.assertEqual(self.browser.switch_to.active_element, here)

    def test_an_address_shows_its_cell(self):
        self.browser.get(self.page.as_uri() + "#darwin%2Farm64:fstatat")
        self.browser.refresh()
        self.assertEqual(self.one("#detail-title").text, "fstatat on darwin/arm64")

    def test_history(self):
        self.assertTrue(self.one("#history").is_displayed())
        names = [figure.text.split("\n")[0] for figure in self.all("#charts figure")]
        self.assertEqual(names[:2], ["Linux", "Apple"])
        self.assertRegex(self.one("#charts svg").get_attribute("aria-label"), r"^Linux: go1\.9 \d+, go1\.\d+")
        self.assertEqual(len(self.all("#versions tbody tr")), 2)
        self.browser.execute_script("document.getElementById('history').scrollIntoView()")
        self.shot("history")

    def test_what_a_screen_reader_needs(self):
        self.assertEqual(self.one("html").get_attribute("lang"), "en")
        # Every control has a name, every table its headers, every cell its own words.
        for control in self.all("input"):
            self.assertTrue(control.accessible_name, control.get_attribute("outerHTML"))
        for table in self.all("table"):
            self.assertTrue(table.find_elements(By.CSS_SELECTOR, 'th[scope="col"], th[scope=col]'))
        for cell in self.all("#grid td")[:200]:
            self.assertRegex(cell.get_attribute("aria-label"), r"^\S.* on \w+/\w+: |: not on \w+/\w+$")
        levels = [int(heading.tag_name[1]) for heading in self.all("h1, h2, h3")]
        self.assertEqual(levels[0], 1)
        self.assertTrue(all(b - a <= 1 for a, b in zip(levels, levels[1:])))
        ids = [one.get_attribute("id") for one in self.all("[id]")]
        self.assertEqual(len(ids), len(set(ids)))


if __name__ == "__main__":
    main()
