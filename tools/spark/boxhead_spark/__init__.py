"""Boxhead on Spark: one row for every document, whatever becomes of it.

    from boxhead_spark.tables import convert, results, run
    from boxhead_spark.worker import Settings

    rows = convert(documents, Settings(program=("/usr/bin/boxhead",)))   # documents: uri, and content or path
    run(spark, documents, "OUT")                                         # into Parquet; goes on where it ended
    results(spark, "OUT")                                                # the newest row of each document

Each Python worker of Spark keeps one `boxhead worker`. A document that crashes, hangs or eats memory is a row, never a
failed task. Keys are those of the ledger of `boxhead batch`: SHA-256 of the bytes, version, hash of the options.
"""
