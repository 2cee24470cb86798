// swift-tools-version: 6.2
import PackageDescription

// Targets in the order of the pipeline: original bytes at the top, canonical JSON at the bottom.
// Documentation: Sources/Conversion/Documentation.docc/Architecture.md

/// A program exports nothing, and what it does not use need not be loaded.
let programLinking: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-use-ld=lld", "-Xlinker", "--gc-sections", "-Xlinker", "--no-export-dynamic",
      "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
    ],
    .when(configuration: .release))
]

let package = Package(
  name: "boxhead",
  products: [
    .executable(name: "boxhead", targets: ["boxhead"]),
    .executable(name: "boxhead-batch", targets: ["boxhead-batch"]),
    .library(name: "Conversion", targets: ["Conversion"]),
    .library(name: "BoxheadLibrary", type: .dynamic, targets: ["BoxheadLibrary"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // System libraries and the C++ reader of PDF pages.
    .systemLibrary(
      name: "CPoppler", pkgConfig: "poppler", providers: [.apt(["libpoppler-private-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "PopplerCore", dependencies: ["CPoppler"]),
    .target(name: "ProcessCore"),
    // Doors to leptonica, ONNX Runtime and Tesseract, which are loaded when a scan is met.
    .target(name: "ScanCore"),
    .target(name: "RecognitionCore"),
    // The door to libxml2, which is loaded when a package is read. Its flags are written out: those of
    // pkg-config would link it to every program.
    .target(name: "XMLCore", cxxSettings: [.unsafeFlags(["-I/usr/include/libxml2"])]),
    // The door to libxlsxwriter, which is loaded when a workbook is written.
    .target(name: "SpreadsheetCore"),

    // Values that flow between stages.
    .target(name: "PageGeometry"),
    .target(name: "DocumentModel", dependencies: ["PageGeometry"]),
    .target(name: "LayoutModel", dependencies: ["PageGeometry", "DocumentModel"]),

    // Originals to layouts.
    .target(name: "PDFExtraction", dependencies: ["LayoutModel", "PopplerCore"]),
    .target(name: "PackageReading", dependencies: ["XMLCore", "CZlib"]),
    .target(
      name: "OFDExtraction",
      dependencies: ["LayoutModel", "DocumentModel", "PageGeometry", "PackageReading"]),
    .target(
      name: "DOCXExtraction",
      dependencies: [
        "LayoutModel", "DocumentModel", "PackageReading", "XMLCore",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),

    // Pages to pixels, and pictures of what a stage saw.
    .target(name: "PageRendering", dependencies: ["PageGeometry", "PopplerCore"]),
    .target(name: "PageDrawing", dependencies: ["PageGeometry", "LayoutModel", "PageRendering"]),

    // Pictures of pages to layouts.
    .target(
      name: "TextRecognition",
      dependencies: [
        "PageGeometry", "LayoutModel", "PageRendering", "ScanCore", "RecognitionCore",
      ]),

    // Layouts to documents.
    .target(name: "LayoutAnalysis", dependencies: ["LayoutModel"]),
    .target(name: "TableReconstruction", dependencies: ["LayoutModel", "LayoutAnalysis"]),

    // Documents to records of known families.
    .target(name: "Records", dependencies: ["DocumentModel"]),

    // Documents to files.
    .target(name: "SpreadsheetFile", dependencies: ["SpreadsheetCore"]),
    .target(name: "DocumentWriting", dependencies: ["DocumentModel", "SpreadsheetFile"]),
    // And back.
    .target(name: "DocumentReading", dependencies: ["DocumentModel", "DocumentWriting"]),
    .target(
      name: "Conversion",
      dependencies: [
        "PDFExtraction", "DOCXExtraction", "OFDExtraction", "PackageReading", "LayoutAnalysis",
        "TableReconstruction", "Records", "DocumentWriting", "DocumentReading", "PageRendering",
        "PageDrawing", "TextRecognition",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),

    // The library for other languages; `make install` calls it libboxhead.
    .systemLibrary(name: "CBoxhead"),
    .target(
      name: "BoxheadLibrary", dependencies: ["CBoxhead", "Conversion", "DocumentWriting"],
      exclude: ["exports.map"],
      linkerSettings: [
        .unsafeFlags(
          [
            // SwiftPM gives this to programs only.
            "-static-stdlib",
            "-use-ld=lld", "-Xlinker", "--gc-sections", "-Xlinker", "-soname=libboxhead.so.0",
            "-Xlinker",
            "--version-script=\(Context.packageDirectory)/Sources/BoxheadLibrary/exports.map",
          ],
          .when(configuration: .release))
      ]),

    // The command line, and the process of its own that each document is read in.
    .target(name: "ProcessIsolation", dependencies: ["ProcessCore"]),
    .executableTarget(
      name: "boxhead",
      dependencies: [
        "Conversion", "DocumentModel", "DocumentReading", "DocumentWriting", "ProcessIsolation",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      linkerSettings: programLinking),

    // Many documents: a program of its own, so that the other one starts without SQLite and
    // Foundation, which the ledger needs. It knows documents by the protocol of workers alone.
    .target(
      name: "Batch",
      dependencies: [
        "DocumentWriting", "ProcessIsolation", "ProcessCore",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .executableTarget(
      name: "boxhead-batch",
      dependencies: [
        "Batch", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      linkerSettings: programLinking),

    // Tests.
    .target(
      name: "TestSupport",
      dependencies: ["PageGeometry", "DocumentModel", "LayoutModel", "Conversion"]),
    .testTarget(name: "PageGeometryTests", dependencies: ["PageGeometry"]),
    .testTarget(
      name: "PDFExtractionTests",
      dependencies: [
        "PDFExtraction", "DocumentModel", "LayoutModel", "PageGeometry", "TestSupport",
      ]),
    .testTarget(
      name: "PageRenderingTests", dependencies: ["PageRendering", "PageGeometry", "TestSupport"]),
    .testTarget(
      name: "PageDrawingTests",
      dependencies: ["PageDrawing", "PageRendering", "PageGeometry", "TestSupport"]),
    .testTarget(
      name: "TextRecognitionTests",
      dependencies: [
        "TextRecognition", "PageRendering", "LayoutModel", "PageGeometry", "TestSupport",
      ]),
    .testTarget(
      name: "LayoutAnalysisTests",
      dependencies: [
        "LayoutAnalysis", "DocumentModel", "LayoutModel", "PageGeometry", "TestSupport",
      ]),
    .testTarget(
      name: "TableReconstructionTests",
      dependencies: [
        "TableReconstruction", "LayoutAnalysis", "DocumentModel", "LayoutModel", "PageGeometry",
        "TestSupport",
      ]),
    .testTarget(name: "RecordsTests", dependencies: ["Records", "DocumentModel", "TestSupport"]),
    .testTarget(
      name: "DOCXExtractionTests",
      dependencies: [
        "DOCXExtraction", "PackageReading", "Conversion", "DocumentWriting", "DocumentModel",
        "LayoutModel", "TestSupport",
      ]),
    .testTarget(
      name: "PackageReadingTests",
      dependencies: ["PackageReading", "DOCXExtraction", "TestSupport"]),
    .testTarget(
      name: "OFDExtractionTests",
      dependencies: [
        "OFDExtraction", "PackageReading", "Conversion", "DocumentModel", "LayoutModel",
        "PageGeometry", "TestSupport",
      ]),
    .testTarget(
      name: "DocumentWritingTests",
      dependencies: [
        "DocumentWriting", "DocumentReading", "DocumentModel", "PageGeometry",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .testTarget(
      name: "LayoutModelTests",
      dependencies: ["LayoutModel", "DocumentModel", "PageGeometry", "TestSupport"]),
    .testTarget(
      name: "ConversionTests",
      dependencies: [
        "Conversion", "DocumentModel", "DocumentWriting", "LayoutModel", "PageGeometry",
        "TestSupport",
      ]),
    .executableTarget(
      name: "IsolationProbe", dependencies: ["ProcessIsolation"], path: "Tests/IsolationProbe"),
    .testTarget(
      name: "ProcessIsolationTests",
      dependencies: ["ProcessIsolation", "TestSupport", "IsolationProbe"]),
    .testTarget(name: "BoxheadTests", dependencies: ["boxhead", "TestSupport"]),
    .testTarget(
      name: "BatchTests",
      dependencies: ["Batch", "boxhead", "boxhead-batch", "DocumentWriting", "TestSupport"]),
    .testTarget(
      name: "GoldenTests", dependencies: ["Conversion", "DocumentWriting", "DocumentModel"]),
  ],
  cxxLanguageStandard: .cxx20
)

// What `tools/fuzz/run` builds, apart from everything else. A program cannot be imported, its sources
// as a library can.
if Context.environment["BOXHEAD_FUZZ"] != nil {
  package.products = [.executable(name: "boxhead-fuzz", targets: ["boxhead-fuzz"])]
  package.targets = package.targets.map { target in
    guard target.name == "boxhead" else { return target }
    return .target(
      name: target.name, dependencies: target.dependencies, exclude: ["Boxhead.swift"])
  }
  package.targets.append(
    .executableTarget(
      name: "boxhead-fuzz",
      dependencies: [
        "Batch", "boxhead", "Conversion", "PackageReading", "DocumentReading", "DocumentWriting",
        "DocumentModel", "TestSupport",
      ],
      path: "tools/fuzz", exclude: ["run", "seed.py", "figures.py", "seeds"],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}

/// Targets whose Swift code handles C pointers; each `unsafe` there marks a line for review.
let interopTargets: Set = [
  "PDFExtraction", "PageRendering", "PackageReading", "DOCXExtraction", "OFDExtraction",
  "ProcessIsolation", "TextRecognition", "SpreadsheetFile", "BoxheadLibrary",
]
/// Targets whose classes take an event for each tag of a file: releases leave out what debug builds, and
/// so all tests, check at each access to their properties.
let uncheckedTargets: Set = ["PackageReading", "DOCXExtraction"]
/// Targets without Swift code.
let foreignTargets: Set = [
  "PopplerCore", "ProcessCore", "ScanCore", "RecognitionCore", "SpreadsheetCore", "XMLCore",
]

for target in package.targets
where target.type != .system && !foreignTargets.contains(target.name) {
  var settings = target.swiftSettings ?? []
  settings += [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    // A type is asked for directly, not by its name, which a small document pays for a hundred times.
    .unsafeFlags(
      ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"],
      .when(configuration: .release)),
  ]
  if interopTargets.contains(target.name) {
    settings.append(.strictMemorySafety())
  }
  if uncheckedTargets.contains(target.name) {
    settings.append(
      .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)))
  }
  target.swiftSettings = settings
}
