"""The guide's configuration of nginx answers, hides what it should, and says who asks; its unit."""

import re
import shutil
import socket
import subprocess
import sys
import time

import httpx2
import pytest

from docs.transcript import read
from kalends.application.subscriptions import feed_secrets
from served_campaign import SECRET
from web.serving import run

__all__ = ["run"]
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@pytest.fixture
def nginx(tmp_path):
    """Return a function that starts nginx as the guide says, in front of a port."""
    if NGINX is None:
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    running = []

    def nginx(behind):
        (conf,) = re.findall(r"```nginx\n(.*?)```", read("docs/how-to/serve.md"), re.DOTALL)
        port = free_port()
        conf = conf.replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
        conf = re.sub(r"listen 443 ssl http2;", f"listen 127.0.0.1:{port};", conf)
        conf = re.sub(r"listen 80;", f"listen 127.0.0.1:{free_port()};", conf)
        conf = re.sub(r"\n +ssl_.*?;", "", conf)
        temporary = "".join(
            f"{name}_temp_path {tmp_path}/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (tmp_path / "nginx.conf").write_text(
            f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log;\nevents {{}}\n"
            f"http {{\naccess_log {tmp_path}/access.log;\n{temporary}{conf}}}\n"
        )
        command = [
            NGINX,
            "-p",
            tmp_path,
            "-c",
            tmp_path / "nginx.conf",
            "-e",
            tmp_path / "error.log",
        ]
        running.append(subprocess.Popen(command))
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except ConnectionError:
                time.sleep(0.05)
        return httpx2.Client(
            base_url=f"http://127.0.0.1:{port}", headers={"host": "calendar.example.org"}
        )

    yield nginx
    for each in running:
        each.terminate()
        each.wait()


@pytest.mark.campaign
def test_nginx_as_the_guide_has_it(campaign, run, nginx, tmp_path):
    with campaign.opened() as workspace:
        secret = feed_secrets.new_secret(workspace, "all", "").path
    server = run(
        "--public-url",
        "https://calendar.example.org",
        "--trust-proxy",
        "127.0.0.1",
        "--rate",
        "30",
    )
    with nginx(server.said["port"]) as client:
        page = client.get("/agenda")
        assert page.status_code == 200
        assert "https://calendar.example.org" in client.get("/subscribe").text
        feed = client.get("/feeds/all.ics")
        assert feed.headers["content-type"] == "text/calendar; charset=utf-8"
        again = client.get("/feeds/all.ics", headers={"if-none-match": feed.headers["etag"]})
        assert again.status_code == 304
        assert SECRET in client.get(secret).text
        assert client.post("/agenda").status_code == 405
        # nginx tells who asks, and what a client claims about itself is not believed.
        for _ in range(40):
            last = client.get("/agenda", headers={"x-forwarded-for": "203.0.113.9"})
        assert last.status_code == 429
    access = (tmp_path / "access.log").read_text()
    assert "/agenda" in access
    assert secret.split("/")[3] not in access + (tmp_path / "error.log").read_text()
    _, said = server.stop()
    assert " 127.0.0.1 GET /agenda 200 " in said
    assert "203.0.113.9" not in said
    assert secret.split("/")[3] not in said


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_reads_the_unit_of_the_guide(tmp_path):
    (unit,) = re.findall(r"```ini\n(.*?)```", read("docs/how-to/serve.md"), re.DOTALL)
    command = re.search(r"ExecStart=(\S+)", unit)
    path = tmp_path / "kalends.service"
    path.write_text(unit.replace(command[1], sys.executable))
    done = subprocess.run(
        ["systemd-analyze", "verify", path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    path.write_text(unit.replace("Restart=on-failure", "Restart=always-ish"))
    done = subprocess.run(
        ["systemd-analyze", "verify", path], capture_output=True, text=True, check=False
    )
    assert "always-ish" in done.stderr  # it does read it
