#include "popplercore.h"
