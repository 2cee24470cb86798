// The door to libxlsxwriter: Excel workbooks, sheet after sheet and row after row.
//
// The library is loaded when the first workbook is made, so that programs which make none never pay
// for it. A workbook is kept in a file without a name and belongs to one thread at a time. Rows and
// columns count from 0. Functions that return a status give 0, or a number that
// `bhWorkbookMessage` puts into words.

#ifndef BOXHEAD_SPREADSHEETCORE_H
#define BOXHEAD_SPREADSHEETCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bhWorkbook bhWorkbook;

/// How a cell looks.
typedef struct {
  /// A number format of Excel in UTF-8, up to 127 bytes; NULL for none.
  const char *numberFormat;
  bool isHeader;
  bool wraps;
} bhCellFormat;

/// Whether libxlsxwriter can be loaded.
bool bhWorkbookIsAvailable(void);

/// An empty workbook, or NULL where it cannot be made.
bhWorkbook *bhWorkbookCreate(void);
void bhWorkbookFree(bhWorkbook *workbook);

/// Adds a sheet; its number is the count of sheets before. The name must be one that Excel takes.
/// A long sheet keeps nothing in memory, and its rows must come in order.
int32_t bhWorkbookAddSheet(bhWorkbook *workbook, const char *name, bool isLong);

/// Adds a format; its number is the count of formats before.
int32_t bhWorkbookAddFormat(bhWorkbook *workbook, bhCellFormat format);

/// Writes a text of up to 32767 characters, or a number; a format of -1 is none.
int32_t bhWorkbookWriteText(bhWorkbook *workbook, int32_t sheet, uint32_t row, uint16_t column,
                            const char *text, int32_t format);
int32_t bhWorkbookWriteNumber(bhWorkbook *workbook, int32_t sheet, uint32_t row, uint16_t column,
                              double number, int32_t format);

/// Merges two or more cells; what they hold is what is written to the first of them.
int32_t bhWorkbookMerge(bhWorkbook *workbook, int32_t sheet, uint32_t firstRow,
                        uint16_t firstColumn, uint32_t lastRow, uint16_t lastColumn);

/// Keeps the first rows and columns in view.
void bhWorkbookFreeze(bhWorkbook *workbook, int32_t sheet, uint32_t rows, uint16_t columns);

/// Sets the width of a column in characters.
void bhWorkbookSetWidth(bhWorkbook *workbook, int32_t sheet, uint16_t column, double width);

/// Ends the workbook; only reading and freeing are left then.
int32_t bhWorkbookFinish(bhWorkbook *workbook);

/// Reads bytes of a finished workbook; returns how many, 0 at the end, -1 on failure.
int64_t bhWorkbookRead(bhWorkbook *workbook, void *buffer, size_t size, int64_t offset);

/// A status in words; the text is the library's.
const char *bhWorkbookMessage(int32_t status);

#ifdef __cplusplus
}
#endif

#endif
