"""A Spark cluster on this machine alone: a standalone master and some workers on loopback."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LOOPBACK = "127.0.0.1"


def java():
    """Whether there is a Java and PySpark; else why not."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "there is no pyspark"
    try:
        subprocess.run(["java", "-version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "there is no Java"
    return None


class Cluster:
    """Started by `with`; `spark` is a session on it, `kill` ends a worker and all it started."""

    def __init__(self, workers):
        import pyspark

        home = Path(pyspark.__file__).parent
        self.folder = tempfile.TemporaryDirectory(prefix="onrecord-spark-")
        self.env = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": LOOPBACK, "PYSPARK_PYTHON": sys.executable}
        self.starter = home / "bin" / "spark-class"
        self.processes = []
        master = self.start("org.apache.spark.deploy.master.Master", "--port", "0", "--webui-port", "0")
        self.url = self.said(master, r"Starting Spark master at (spark://\S+)")
        self.workers = []
        for _ in range(workers):
            room = ["--cores", "1", "--memory", "1g", "--port", "0", "--webui-port", "0"]
            worker = self.start("org.apache.spark.deploy.worker.Worker", *room, self.url)
            self.said(worker, r"Successfully registered with master")
            self.workers.append(worker[0])
        self.spark = None

    def start(self, name, *arguments):
        log = Path(self.folder.name) / f"{len(self.processes)}.log"
        command = [str(self.starter), name, "--host", LOOPBACK, *arguments]
        with open(log, "wb") as out:
            process = subprocess.Popen(
                command, stdout=out, stderr=out, env=self.env, cwd=self.folder.name, start_new_session=True
            )
        self.processes.append(process)
        return process, log

    def said(self, started, pattern):
        process, log = started
        for _ in range(600):
            found = re.search(pattern, log.read_text(errors="replace"))
            if found:
                return found.group(found.lastindex or 0)
            if process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"{pattern!r} was not said:\n{log.read_text(errors='replace')[-2000:]}")

    def session(self, **settings):
        from pyspark.sql import SparkSession

        os.environ.update({key: self.env[key] for key in ("SPARK_LOCAL_IP", "PYSPARK_PYTHON")})
        os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
        builder = SparkSession.builder.master(self.url).appName("onrecord")
        for name, value in {
            "spark.driver.host": LOOPBACK,
            "spark.driver.bindAddress": LOOPBACK,
            "spark.executor.cores": "1",
            "spark.executor.memory": "768m",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "8",
            "spark.sql.session.timeZone": "UTC",
            "spark.local.dir": self.folder.name,
            **settings,
        }.items():
            builder = builder.config(name, value)
        self.spark = builder.getOrCreate()
        self.spark.sparkContext.setLogLevel("ERROR")
        return self.spark

    def kill(self, worker):
        os.killpg(self.workers[worker].pid, signal.SIGKILL)

    def cpu_seconds(self):
        """What the workers have taken: Java and Python, with what ended meanwhile."""
        parents, taken = {}, {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                except OSError:
                    continue
                parents[int(entry.name)] = int(fields[1])
                taken[int(entry.name)] = sum(int(f) for f in fields[11:15]) / os.sysconf("SC_CLK_TCK")
        roots = {worker.pid for worker in self.workers}
        total = 0.0
        for process in taken:
            at = process
            while at in parents and at not in roots:
                at = parents[at]
            total += taken[process] if at in roots else 0.0
        return total

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.spark is not None:
            self.spark.stop()
        for process in reversed(self.processes):
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()
        self.folder.cleanup()
