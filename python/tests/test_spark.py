"""Pages read on a cluster give the rows of one machine, also when one of its machines is lost."""

import os
import threading
import time
from pathlib import Path

import pytest

import piles
from cluster import Cluster, java

pytestmark = pytest.mark.skipif(bool(java()), reason=f"SKIPPED: {java()}")


@pytest.fixture(scope="module")
def cluster():
    with Cluster(workers=2) as cluster:
        cluster.session()
        yield cluster


def kill_in_mid_job(cluster, worker, told):
    """Kills a worker when some tasks of a job are done and others are not."""
    tracker = cluster.spark.sparkContext.statusTracker()
    for _ in range(6000):
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if info and 2 <= info.numCompletedTasks < info.numTasks - 2:
                cluster.kill(worker)
                told.append((info.numCompletedTasks, info.numTasks))
                return
        time.sleep(0.02)


def exported(run, path):
    return run("export", path, "--format", "jsonl").splitlines()


def test_a_pile_read_by_two_machines_one_of_them_lost(cluster, run, tmp_path, pages):
    from onrecord import spark as on_spark

    size = int(os.environ.get("ONRECORD_TEST_PAGES", "240"))
    os.chdir(tmp_path)
    Path("examples").mkdir()
    os.symlink(Path(__file__).resolve().parents[2] / "examples/pages", "examples/pages")
    files = pages + piles.write("pile", size)
    run("read", *files, "-o", tmp_path / "one.db", "-q", cwd=tmp_path, codes=(0, 3))

    spark = cluster.spark
    manifest = on_spark.spread(on_spark.files(spark, files), 24)
    assert manifest.count() > size
    tables = on_spark.read_pages(manifest)
    told = []
    killer = threading.Thread(target=kill_in_mid_job, args=(cluster, 0, told))
    killer.start()
    on_spark.write(tables, tmp_path / "rows")
    killer.join()
    assert told, "no worker was killed in mid-job"
    print(f"a worker was killed when {told[0][0]} of {told[0][1]} tasks were done")

    # What compares pages is found on the cluster; a second record finds it itself.
    on_spark.write(on_spark.compare(tables), tmp_path / "rows")
    found = {path.name: spark.read.parquet(str(path)).count() for path in (tmp_path / "rows").iterdir()}
    for name in ("across_joins", "across_same_text", "stories", "reprints"):
        assert found[name] > 0, found
    told = run("import", tmp_path / "rows", "-o", tmp_path / "all.db", cwd=tmp_path, told=True)
    assert "not taken" not in told
    alone = tmp_path / "alone"
    alone.mkdir()
    for path in (tmp_path / "rows").iterdir():
        if not path.name.startswith("across_"):
            (alone / path.name).symlink_to(path)
    run("import", alone, "-o", tmp_path / "alone.db", cwd=tmp_path)
    one, all_of_them = exported(run, tmp_path / "one.db"), exported(run, tmp_path / "all.db")
    assert len(one) > 10 * size
    assert one == all_of_them
    assert one == exported(run, tmp_path / "alone.db")
    unread = spark.read.parquet(str(tmp_path / "rows" / "read_notes")).collect()
    assert any("crawl.warc.gz" in row["place"] for row in unread), unread
    run("verify", tmp_path / "all.db", cwd=tmp_path, codes=(0, 1, 3))


def test_rows_of_a_table_are_pages(cluster, run, tmp_path):
    from onrecord import spark as on_spark

    spark = cluster.spark
    rows = [(n, f"rows.csv#R{n + 2}", "\n".join(piles.article(n)[1]), f"Day {n}") for n in range(6)]
    frame = spark.createDataFrame(rows, "n bigint, uri string, text string, title string")
    on_spark.write(on_spark.read_pages(frame), tmp_path / "rows")
    run("import", tmp_path / "rows", "-o", tmp_path / "all.db")
    import csv

    with open(tmp_path / "rows.csv", "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["text", "title"])
        out.writerows((text, title) for _, _, text, title in rows)
    run("read", "rows.csv", "-o", "one.db", "-q", cwd=tmp_path)
    assert exported(run, tmp_path / "one.db") == exported(run, tmp_path / "all.db")
    # Found of other pages than the rows are of: told, and found anew.
    on_spark.write(on_spark.compare(on_spark.read_pages(frame.where("n < 5"))), tmp_path / "rows")
    told = run("import", tmp_path / "rows", "-o", tmp_path / "anew.db", told=True)
    assert "not taken, since it is of 5 articles, and 6 are in the record" in told, told
    assert exported(run, tmp_path / "anew.db") == exported(run, tmp_path / "all.db")
    with pytest.raises(ValueError, match="column n"):
        on_spark.read_pages(frame.drop("n"))
