"""Drives Debian's Chromium over its own pipe (--remote-debugging-pipe, the way playwright-core does it), so that the tests of the page need
no packages but Chromium: the same commands, without node and without a download from a registry."""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-pipe"]


def executable():
    """Path of Chromium, or None."""
    return shutil.which("chromium")


class Chromium:
    """One browser with one page. What the page asked of the network, and what it wrote to its console, is kept."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="report-chromium-")
        to_browser, self.out = os.pipe()
        self.inward, from_browser = os.pipe()
        command = ["/bin/sh", "-c", f'exec "$@" 3<&{to_browser} 4>&{from_browser}', "sh", executable(), *FLAGS, f"--user-data-dir={self.profile}", "about:blank"]
        self.process = subprocess.Popen(command, pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.buffer, self.serial, self.events, self.requests, self.console = b"", 0, [], [], []
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
            self.process.wait(20)
        except (OSError, TimeoutError, subprocess.TimeoutExpired, RuntimeError):
            self.process.kill()
            self.process.wait()
        os.close(self.out)
        os.close(self.inward)
        shutil.rmtree(self.profile, ignore_errors=True)

    def message(self, deadline):
        while b"\0" not in self.buffer:
            if not select.select([self.inward], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError("Chromium does not answer")
            part = os.read(self.inward, 1 << 20)
            if not part:
                raise RuntimeError("Chromium has ended")
            self.buffer += part
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def note(self, event):
        name, of = event.get("method"), event.get("params", {})
        if name == "Network.requestWillBeSent":
            self.requests.append(of["request"]["url"])
        elif name == "Runtime.consoleAPICalled":
            self.console.append(f"{of['type']}: {[a.get('value', a.get('description')) for a in of['args']]}")
        elif name == "Runtime.exceptionThrown":
            self.console.append(f"exception: {of['exceptionDetails'].get('exception', {}).get('description', of['exceptionDetails']['text'])}")
        elif name == "Log.entryAdded":
            self.console.append(f"{of['entry']['level']}: {of['entry']['text']}")

    def call(self, method, timeout=60, **params):
        self.serial += 1
        command = {"id": self.serial, "method": method, "params": params}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.out, json.dumps(command).encode() + b"\0")
        deadline = time.monotonic() + timeout
        while True:
            answer = self.message(deadline)
            if answer.get("id") == self.serial:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.note(answer)

    def evaluate(self, expression):
        """Value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description"))
        return answer["result"].get("value")

    def open(self, path, width, height=900):
        """Loads a file in a window of this width, and waits until it has drawn everything."""
        self.requests.clear()
        self.console.clear()
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.call("Page.navigate", url=f"file://{os.path.abspath(path)}")
        deadline = time.monotonic() + 60
        while self.evaluate("document.documentElement?.dataset.ready") != "yes":
            if time.monotonic() > deadline:
                raise TimeoutError(f"the page is not ready: {self.console}")
            time.sleep(0.1)
        self.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 200))))")

    def screenshot(self, path, clip):
        """PNG of {x, y, width, height} of the page."""
        picture = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip={**clip, "scale": 1})
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))
