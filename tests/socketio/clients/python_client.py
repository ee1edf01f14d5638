"""Debian's python3-socketio against the live transport. Run by ctest (label conformance)."""
import os
import queue
import socket
import subprocess
import sys
import time

import socketio


def unused_port():
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


def serve():
    port = unused_port()
    child = subprocess.Popen([os.environ["HADIR_CONFORMANCE"], "--mode", "socket", "--port", str(port)])
    while True:
        if child.poll() is not None:
            sys.exit(f"the program under test ended with {child.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return child, f"http://127.0.0.1:{port}"
        except ConnectionRefusedError:
            time.sleep(0.01)


def talk(url, transports):
    client = socketio.Client(reconnection=False)
    got = queue.Queue()
    for event in ("auth", "message-back", "answered"):
        client.on(event, lambda *args, event=event: got.put((event, args)))
    client.on("question", lambda text: text + "!")
    client.connect(url, auth={"token": "123"}, transports=transports, wait_timeout=20)
    assert got.get(timeout=20) == ("auth", ({"token": "123"},))
    client.emit("message", ("text", {"n": [1, None]}, b"\x01\x02\x03"))
    assert got.get(timeout=20) == ("message-back", ("text", {"n": [1, None]}, b"\x01\x02\x03"))
    assert client.call("message-with-ack", ("a", b"\xff"), timeout=20) == ("a", b"\xff")
    client.emit("ask-me", "why")
    assert got.get(timeout=20) == ("answered", ("why!",))
    time.sleep(1)  # three heartbeats
    assert client.connected
    client.disconnect()
    print("ok:", transports)


def main():
    child, url = serve()
    try:
        for transports in (["polling"], ["websocket"], ["polling", "websocket"]):
            talk(url, transports)
    finally:
        child.terminate()
        child.wait()


main()
