#include "spreadsheetcore.h"

#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <initializer_list>
#include <new>
#include <string>
#include <vector>

// Each name here becomes a pointer of the type that the library's own header declares.
#define BOXHEAD_XLSXWRITER(apply)                                                             \
  apply(workbook_new_opt) apply(workbook_add_worksheet) apply(workbook_add_format)            \
  apply(workbook_set_properties) apply(workbook_close) apply(lxw_workbook_free)               \
  apply(worksheet_write_string) apply(worksheet_write_number) apply(worksheet_merge_range)    \
  apply(worksheet_freeze_panes) apply(worksheet_set_column) apply(format_set_num_format)      \
  apply(format_set_bold) apply(format_set_text_wrap) apply(format_set_align)                  \
  apply(format_set_bg_color) apply(lxw_strerror)

namespace {

struct Library {
#define BOXHEAD_DECLARE(name) decltype(&::name) name;
  BOXHEAD_XLSXWRITER(BOXHEAD_DECLARE)
#undef BOXHEAD_DECLARE

  /// The library, or NULL where it is missing or lacks a function.
  static const Library *get() {
    static Library library;
    static const bool isLoaded = load(library);
    return isLoaded ? &library : nullptr;
  }

  static bool load(Library &library) {
    // Fields of a workbook are used below, so this is the version of the header and no other.
    void *handle = dlopen("libxlsxwriter.so.4", RTLD_LAZY | RTLD_LOCAL);
    if (handle == nullptr) return false;
#define BOXHEAD_FIND(name)                                                       \
  library.name = reinterpret_cast<decltype(library.name)>(dlsym(handle, #name)); \
  if (library.name == nullptr) return false;
    BOXHEAD_XLSXWRITER(BOXHEAD_FIND)
#undef BOXHEAD_FIND
    return true;
  }
};

}  // namespace

struct bhWorkbook {
  const Library *library = nullptr;
  int descriptor = -1;
  lxw_workbook *workbook = nullptr;
  std::vector<lxw_worksheet *> sheets;
  std::vector<lxw_format *> formats;

  ~bhWorkbook() {
    if (workbook != nullptr) library->lxw_workbook_free(workbook);
    if (descriptor >= 0) close(descriptor);
  }

  lxw_format *format(int32_t number) const {
    return number >= 0 && static_cast<size_t>(number) < formats.size() ? formats[number] : nullptr;
  }

  lxw_worksheet *sheet(int32_t number) const {
    return number >= 0 && static_cast<size_t>(number) < sheets.size() ? sheets[number] : nullptr;
  }
};

bool bhWorkbookIsAvailable(void) { return Library::get() != nullptr; }

bhWorkbook *bhWorkbookCreate(void) {
  const Library *library = Library::get();
  if (library == nullptr) return nullptr;
  auto *book = new (std::nothrow) bhWorkbook;
  if (book == nullptr) return nullptr;
  book->library = library;
  book->descriptor = memfd_create("workbook", MFD_CLOEXEC);
  if (book->descriptor < 0) {
    delete book;
    return nullptr;
  }
  // The library wants a name to open.
  const std::string path = "/proc/self/fd/" + std::to_string(book->descriptor);
  lxw_workbook_options options = {};
  book->workbook = library->workbook_new_opt(path.c_str(), &options);
  if (book->workbook == nullptr) {
    delete book;
    return nullptr;
  }
  // A fixed time, the first that an archive can say: the same document gives the same bytes.
  lxw_doc_properties properties = {};
  properties.created = 315532800;
  library->workbook_set_properties(book->workbook, &properties);
  return book;
}

void bhWorkbookFree(bhWorkbook *workbook) { delete workbook; }

int32_t bhWorkbookAddSheet(bhWorkbook *workbook, const char *name, bool isLong) {
  // The library asks for this when it makes a sheet, so sheets of one workbook may differ.
  workbook->workbook->options.constant_memory = isLong ? LXW_TRUE : LXW_FALSE;
  lxw_worksheet *sheet = workbook->library->workbook_add_worksheet(workbook->workbook, name);
  if (sheet == nullptr) return LXW_ERROR_MEMORY_MALLOC_FAILED;
  workbook->sheets.push_back(sheet);
  return 0;
}

int32_t bhWorkbookAddFormat(bhWorkbook *workbook, bhCellFormat wanted) {
  const Library *library = workbook->library;
  lxw_format *format = library->workbook_add_format(workbook->workbook);
  if (format == nullptr) return LXW_ERROR_MEMORY_MALLOC_FAILED;
  if (wanted.numberFormat != nullptr) library->format_set_num_format(format, wanted.numberFormat);
  library->format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  if (wanted.wraps) library->format_set_text_wrap(format);
  if (wanted.isHeader) {
    library->format_set_bold(format);
    library->format_set_bg_color(format, 0xE8ECF4);
  }
  workbook->formats.push_back(format);
  return 0;
}

int32_t bhWorkbookWriteText(bhWorkbook *workbook, int32_t sheet, uint32_t row, uint16_t column,
                            const char *text, int32_t format) {
  lxw_worksheet *target = workbook->sheet(sheet);
  if (target == nullptr) return LXW_ERROR_PARAMETER_VALIDATION;
  return workbook->library->worksheet_write_string(target, row, column, text,
                                                   workbook->format(format));
}

int32_t bhWorkbookWriteNumber(bhWorkbook *workbook, int32_t sheet, uint32_t row, uint16_t column,
                              double number, int32_t format) {
  lxw_worksheet *target = workbook->sheet(sheet);
  if (target == nullptr) return LXW_ERROR_PARAMETER_VALIDATION;
  return workbook->library->worksheet_write_number(target, row, column, number,
                                                   workbook->format(format));
}

int32_t bhWorkbookMerge(bhWorkbook *workbook, int32_t sheet, uint32_t firstRow,
                        uint16_t firstColumn, uint32_t lastRow, uint16_t lastColumn) {
  lxw_worksheet *target = workbook->sheet(sheet);
  if (target == nullptr) return LXW_ERROR_PARAMETER_VALIDATION;
  // Without text and format the library writes no cell, which it could not do out of order.
  return workbook->library->worksheet_merge_range(target, firstRow, firstColumn, lastRow,
                                                  lastColumn, "", nullptr);
}

void bhWorkbookFreeze(bhWorkbook *workbook, int32_t sheet, uint32_t rows, uint16_t columns) {
  lxw_worksheet *target = workbook->sheet(sheet);
  if (target != nullptr) workbook->library->worksheet_freeze_panes(target, rows, columns);
}

void bhWorkbookSetWidth(bhWorkbook *workbook, int32_t sheet, uint16_t column, double width) {
  lxw_worksheet *target = workbook->sheet(sheet);
  if (target != nullptr) {
    workbook->library->worksheet_set_column(target, column, column, width, nullptr);
  }
}

int32_t bhWorkbookFinish(bhWorkbook *workbook) {
  lxw_workbook *open = workbook->workbook;
  workbook->workbook = nullptr;
  workbook->sheets.clear();
  workbook->formats.clear();
  return workbook->library->workbook_close(open);
}

int64_t bhWorkbookRead(bhWorkbook *workbook, void *buffer, size_t size, int64_t offset) {
  return pread(workbook->descriptor, buffer, size, offset);
}

const char *bhWorkbookMessage(int32_t status) {
  const Library *library = Library::get();
  return library == nullptr ? "" : library->lxw_strerror(static_cast<lxw_error>(status));
}
