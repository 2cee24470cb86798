"""Tables of documents to tables of results.

    documents ─▶ keyed ─▶ anti-join with what has a row ─▶ convert (mapInPandas) ─▶ OUT/run=N/*.parquet

A task writes one file, which gets its name when the task is done; a run that was killed keeps what its tasks finished.
"""
import pandas
from pyspark.sql import functions as F
from pyspark.sql.window import Window

from .rows import COLUMNS, hash_of_file, key, row
from .worker import Settings, Supervisor

SCHEMA = ", ".join(f"{name} {kind}" for name, kind in COLUMNS)
# Rows go back to Spark in portions of at most so many characters of documents.
PORTION = 16 << 20
# Documents a task; a task that fails or is lost is done again as a whole.
DOCUMENTS_A_TASK = 200

# The supervisor of this Python process, which serves one task after another.
_supervisors = {}


def _supervisor(settings):
    if settings not in _supervisors:
        _supervisors[settings] = Supervisor(settings)
    return _supervisors[settings]


def documents(spark, paths, glob=None):
    """The files under paths of any file system that Spark reads: uri and content."""
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    if glob:
        reader = reader.option("pathGlobFilter", glob)
    return reader.load(paths).select(F.col("path").alias("uri"), "content")


def keyed(frame):
    """Documents with their SHA-256: frame has uri, and content or path, a path that all machines have."""
    if "content" in frame.columns:
        return frame.select("uri", F.sha2("content", 256).alias("sha256"), "content")

    def hashes(portions):
        for portion in portions:
            yield portion.assign(sha256=[hash_of_file(path) for path in portion["path"]])[["uri", "sha256", "path"]]
    return frame.select("uri", "path").mapInPandas(hashes, "uri string, sha256 string, path string")


def convert(frame, settings=Settings()):
    """One row (SCHEMA) for each row of frame, which is as for `keyed` and may have passed it."""
    if "sha256" not in frame.columns:
        frame = keyed(frame)

    def converted(portions):
        supervisor = _supervisor(settings)
        rows, size = [], 0
        for portion in portions:
            for document in portion.to_dict("records"):
                path, content = document.get("path"), document.get("content")
                rows.append(row(supervisor, document["uri"], document["sha256"], path=path, content=content))
                size += len(rows[-1][-1] or "")
                if size > PORTION:
                    yield _table(rows)
                    rows, size = [], 0
            yield _table(rows)
            rows, size = [], 0
    return frame.mapInPandas(converted, SCHEMA)


def _table(rows):
    # As objects, so that a column of numbers may lack some.
    return pandas.DataFrame(rows, columns=[name for name, _ in COLUMNS], dtype=object)


def run(spark, frame, output, settings=Settings(), retry_failed=False):
    """Converts what has no row in output under its key, and returns the number of the run.

    With retry_failed also what has none that is ok.
    """
    known = _all(spark, output)
    number = 1
    frame = keyed(frame)
    if known is not None:
        number += known.agg(F.max("run")).first()[0] or 0
        version, options_hash = _hello(settings)
        done = known.where("ok") if retry_failed else known
        done = done.where(F.col("key").isNotNull()).select("uri", F.col("key").alias("doneKey")).distinct()
        this = F.concat_ws("|", "sha256", F.lit(version), F.lit(options_hash))
        frame = frame.join(done, (frame["uri"] == done["uri"]) & (this == done["doneKey"]), "left_anti")
    if "path" in frame.columns:
        # Small rows: spread evenly, and the same way every time.
        frame = frame.cache()
        frame = frame.repartition(max(1, -(-frame.count() // DOCUMENTS_A_TASK)), "uri")
    (convert(frame, settings).write.option("mapreduce.fileoutputcommitter.algorithm.version", "2")
     .mode("append").parquet(f"{output}/run={number}"))
    return number


def results(spark, output):
    """The newest row of each document, from all runs."""
    newest = Window.partitionBy("uri").orderBy(F.desc("run"))
    rows = _all(spark, output)
    return rows.withColumn("place", F.row_number().over(newest)).where("place = 1").drop("place")


def _all(spark, output):
    """What all runs have written, those included that were killed; None if there is nothing."""
    path = spark._jvm.org.apache.hadoop.fs.Path(output)
    files = path.getFileSystem(spark._jsc.hadoopConfiguration())
    if not files.exists(path):
        return None
    return spark.read.schema(f"{SCHEMA}, run int").option("basePath", output).parquet(output)


def _hello(settings):
    supervisor = Supervisor(settings)
    try:
        return supervisor.hello()
    finally:
        supervisor.close()
