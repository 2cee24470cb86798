"""python -m boxhead_spark IN… --out DIR [--master local[2]]: documents to Parquet, one row each."""
import argparse
import os
import shutil
import sys
import tempfile

from pyspark.sql import SparkSession

from .tables import documents, results, run
from .worker import Settings

parser = argparse.ArgumentParser(prog="boxhead_spark", description=__doc__)
parser.add_argument("inputs", nargs="+", metavar="IN", help="files and folders, on any file system that Spark reads")
parser.add_argument("--paths", action="store_true",
                    help="IN are text files with a path a line, which all machines have; workers read the documents themselves")
parser.add_argument("--out", required=True, help="folder for Parquet; run it again to go on")
parser.add_argument("--master", help="such as local[2]; what spark-submit says by default")
parser.add_argument("--glob", help="only files whose names fit, such as *.pdf")
parser.add_argument("--boxhead", default="boxhead", help="the program, on every machine")
parser.add_argument("--retry-failed", action="store_true", help="also convert what failed before")
parser.add_argument("--revisions", default="accepted", choices=("accepted", "original", "all"))
parser.add_argument("--recognize", default="auto", choices=("auto", "always", "never"))
parser.add_argument("--office", default="auto")
parser.add_argument("--max-pages", type=int)
parser.add_argument("--timeout-stall", type=float, default=Settings.stall, help="seconds without progress")
parser.add_argument("--timeout", type=float, help="seconds for a document")
parser.add_argument("--memory-limit", type=int, default=Settings.memory_mebibytes, help="MiB for a worker")
o = parser.parse_args()

builder = SparkSession.builder.appName("boxhead")
# Documents are large beside the rows that Spark is made for.
builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "16")
spark = (builder.master(o.master) if o.master else builder).getOrCreate()
# Executors that start late fetch the package too, so it stays until the end.
with tempfile.TemporaryDirectory() as folder:
    package = os.path.dirname(os.path.abspath(__file__))
    spark.sparkContext.addPyFile(shutil.make_archive(
        f"{folder}/boxhead_spark", "zip", os.path.dirname(package), os.path.basename(package)))
    settings = Settings(
        program=(o.boxhead,), revisions=o.revisions, recognize=o.recognize, office=o.office, max_pages=o.max_pages,
        stall=o.timeout_stall, deadline=o.timeout, memory_mebibytes=o.memory_limit)
    if o.paths:
        frame = spark.read.text(o.inputs).selectExpr("value AS uri", "value AS path").where("value <> ''")
    else:
        frame = documents(spark, o.inputs, o.glob)
    number = run(spark, frame, o.out, settings, o.retry_failed)
    rows = results(spark, o.out)
    count, converted, fresh = rows.selectExpr("count(*)", "count_if(ok)", f"count_if(run = {number})").first()
    spark.stop()
print(f"{count} documents: {converted} converted, {count - converted} failed; {fresh} of them in run {number}", file=sys.stderr)
# As boxhead batch: 0 all, 3 some failed, 2 none converted.
sys.exit(0 if converted == count else 3 if converted else 2)
