import Conversion
import Glibc
import ProcessIsolation

/// LibreOffice as the reader of legacy formats: one run of the program for each document.
///
///     a folder of its own ┬ original.doc ─▶ soffice.bin ─▶ original.docx
///                         └ profile/  no macros, no links, no network, nothing of the user's
///
/// The folder and the profile in it are made for the first document and serve the whole process.
struct LibreOffice: LegacyReader {
  /// Whether and where the program is looked for.
  enum Choice: Hashable, Sendable {
    /// In the folders of PATH and where packages put it.
    case auto
    case never
    case path(String)

    init(_ text: String) {
      self = text == "auto" ? .auto : text == "never" ? .never : .path(text)
    }
  }

  /// Starting takes some seconds on a slow machine, a long document some more.
  static let seconds = 120.0
  /// It has its limit for itself, the same as a worker's.
  static let memoryBytes = WorkerSupervisor.Limits().memoryBytes

  let choice: Choice
  /// Only who names a program wants Word documents to depend on it.
  var readsParts: Bool { if case .path = choice { true } else { false } }
  /// How the names of its folders start; the same for all workers of a run.
  let folderPrefix: String
  private let session = Session()

  init(choice: Choice, tag: Int32) {
    self.choice = choice
    folderPrefix = "boxhead-office-\(tag)-"
  }

  /// What is made for the first document.
  ///
  /// A process reads one document after another, on one thread.
  private final class Session: @unchecked Sendable {
    var folder: PrivateFolder?
    var reporter: WorkerReporter?
  }

  /// Takes who is to be told that others work now; LibreOffice has a deadline of its own.
  func report(to reporter: WorkerReporter) {
    session.reporter = reporter
  }

  func docx(of bytes: [UInt8], format: LegacyFormat) throws(LegacyError) -> [UInt8] {
    guard let program = program() else { throw .missing(advice: advice) }
    let folder: String
    let original: String
    do throws(FileError) {
      folder = try openFolder()
      original = "\(folder)/original.\(format.fileEnding)"
      try OutputFile.replace(original, with: bytes, tag: 0)
    } catch {
      throw .failed("\(error)")
    }
    let result = "\(folder)/result/original.docx"
    defer {
      unlink(original)
      unlink(result)
    }
    session.reporter?.reading()
    defer { session.reporter?.working() }
    try run(program, folder: folder, original: original)
    do throws(FileError) {
      return try InputFile.read(result)
    } catch {
      throw .failed("nothing that it can read")
    }
  }

  /// Removes the folder of this process.
  func close() {
    session.folder?.remove()
    session.folder = nil
  }

  /// Removes the folders of workers that did not come to their end.
  func removeFolders() {
    PrivateFolder.removeAll(prefix: folderPrefix)
  }

  // MARK: - Running

  /// With this status it asks to be started again, as it does when a profile is new.
  private static let restartStatus: Int32 = 81

  private func run(
    _ program: String, folder: String, original: String, mayRestart: Bool = true
  ) throws(LegacyError) {
    let office = OtherProgram(
      path: program, memoryBytes: Self.memoryBytes, seconds: Self.seconds)
    do throws(OtherProgram.Failure) {
      try office.run(
        [
          "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
          "--nofirststartwizard", "-env:UserInstallation=file://\(folder)/profile",
          "--convert-to", "docx:MS Word 2007 XML", "--outdir", "\(folder)/result", original,
        ],
        environment: [
          "HOME=\(folder)", "TMPDIR=\(folder)", "LANG=C.UTF-8", "TZ=UTC",
          "PATH=/usr/local/bin:/usr/bin:/bin", "SAL_USE_VCLPLUGIN=svp",
        ])
    } catch {
      switch error {
      case .notStarted: throw .failed("LibreOffice at \(program), which cannot be started")
      case .deadline(let seconds): throw .deadline(seconds: seconds)
      case .failed(Self.restartStatus) where mayRestart:
        try run(program, folder: folder, original: original, mayRestart: false)
      case .failed(let status): throw .failed("an early end of LibreOffice (status \(status))")
      }
    }
  }

  private func openFolder() throws(FileError) -> String {
    if let folder = session.folder { return folder.path }
    let folder = try PrivateFolder(prefix: folderPrefix)
    try OutputFile.makeFolder("\(folder.path)/profile/user")
    try OutputFile.replace(
      "\(folder.path)/profile/user/registrymodifications.xcu", with: Array(Self.settings.utf8),
      tag: 0)
    session.folder = folder
    return folder.path
  }

  /// The profile: no macros, no content from elsewhere, links never updated.
  private static let settings = """
    <?xml version="1.0" encoding="UTF-8"?>
    <oor:items xmlns:oor="http://openoffice.org/2001/registry">
    <item oor:path="/org.openoffice.Office.Common/Security/Scripting">
    <prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
    <item oor:path="/org.openoffice.Office.Common/Security/Scripting">
    <prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
    <item oor:path="/org.openoffice.Office.Common/Security/Scripting">
    <prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
    <item oor:path="/org.openoffice.Office.Writer/Content/Update">
    <prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
    <item oor:path="/org.openoffice.Office.Writer/Content/Update">
    <prop oor:name="Field" oor:op="fuse"><value>false</value></prop></item>
    </oor:items>

    """

  // MARK: - Finding the program

  private var advice: String {
    switch choice {
    case .never: "which LibreOffice reads, and --office says never"
    case .path(let path): "which LibreOffice reads, and there is none at \(path)"
    case .auto:
      "which LibreOffice reads, and there is none here: install libreoffice-writer-nogui "
        + "(tools/setup --with-office) or say where it is with --office PATH"
    }
  }

  private func program() -> String? {
    switch choice {
    case .never: return nil
    case .path(let path): return Self.binary(at: path)
    case .auto:
      let path = getenv("PATH").map { String(cString: $0) } ?? ""
      let folders = path.split(separator: ":").map(String.init) + Self.usualFolders
      return folders.lazy.compactMap { Self.binary(at: "\($0)/soffice") }.first
    }
  }

  private static let usualFolders = [
    "/usr/lib/libreoffice/program", "/opt/libreoffice/program", "/usr/lib64/libreoffice/program",
  ]

  /// The program itself beside the script that starts it: it is to be one process.
  private static func binary(at path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    let script = String(cString: real)
    guard let slash = script.lastIndex(of: "/") else { return nil }
    let binary = script[...slash] + "soffice.bin"
    if access(String(binary), X_OK) == 0 { return String(binary) }
    return access(script, X_OK) == 0 && !OutputFile.isFolder(script) ? script : nil
  }
}
