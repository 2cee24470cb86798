// Carries poppler's compiler and linker flags (pkg-config) to PopplerCore. Swift never sees
// poppler's C++ headers; its door is PopplerCore's C header.
