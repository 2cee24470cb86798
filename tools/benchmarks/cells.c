// cells.c OUT.xlsx TABLE.csv…: a workbook with a sheet for each table by libxlsxwriter and nothing else; what that costs is what no
// writer of workbooks on it can save.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

static void write_cell(lxw_worksheet *sheet, int row, int column, const char *text) {
  char *end;
  if (*text == 0) return;
  const double number = strtod(text, &end);
  if (*end == 0) {
    worksheet_write_number(sheet, row, column, number, NULL);
  } else {
    worksheet_write_string(sheet, row, column, text, NULL);
  }
}

int main(int count, char **arguments) {
  lxw_workbook *book = workbook_new(arguments[1]);
  for (int i = 2; i < count; i++) {
    FILE *file = fopen(arguments[i], "rb");
    if (file == NULL) return 1;
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    char text[32768];
    size_t length = 0;
    int row = 0, column = 0, is_quoted = 0, byte;
    while ((byte = getc(file)) != EOF) {
      if (byte == '"') {
        is_quoted = !is_quoted;
      } else if (!is_quoted && (byte == ',' || byte == '\n')) {
        text[length] = 0;
        write_cell(sheet, row, column++, text);
        length = 0;
        if (byte == '\n') {
          row++;
          column = 0;
        }
      } else if (byte != '\r' && length < sizeof text - 1) {
        text[length++] = (char)byte;
      }
    }
    fclose(file);
  }
  return workbook_close(book) != LXW_NO_ERROR;
}
