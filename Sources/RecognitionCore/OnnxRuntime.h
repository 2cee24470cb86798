// The part of ONNX Runtime's C interface that is used.
//
// The runtime gives a table of functions whose order is fixed for good: new versions only add to
// its end. So a table of the places that are needed serves every version from 1.8 on; the wheel
// that brings the library brings no headers. Names and order: ONNX Runtime C API, struct OrtApi.

#pragma once

#include <cstddef>
#include <cstdint>

namespace onnx {

struct Status;
struct Env;
struct Session;
struct SessionOptions;
struct Value;
struct MemoryInfo;
struct ShapeInfo;
struct Allocator;

/// The version of the table that is asked for.
constexpr uint32_t apiVersion = 8;

struct ApiBase {
  void *const *(*getApi)(uint32_t version);
  const char *(*getVersionString)();
};

/// Positions in the table.
enum class Place : size_t {
  getErrorMessage = 2,
  createEnv = 3,
  createSession = 7,
  run = 9,
  createSessionOptions = 10,
  disableMemPattern = 17,
  disableCpuMemArena = 19,
  setSessionGraphOptimizationLevel = 23,
  setIntraOpNumThreads = 24,
  setInterOpNumThreads = 25,
  sessionGetInputName = 36,
  sessionGetOutputName = 37,
  createTensorWithDataAsOrtValue = 49,
  getTensorMutableData = 51,
  getDimensionsCount = 61,
  getDimensions = 62,
  getTensorTypeAndShape = 65,
  createCpuMemoryInfo = 69,
  allocatorFree = 76,
  getAllocatorWithDefaultOptions = 78,
  releaseEnv = 92,
  releaseStatus = 93,
  releaseMemoryInfo = 94,
  releaseSession = 95,
  releaseValue = 96,
  releaseShapeInfo = 99,
  releaseSessionOptions = 100,
};

constexpr int warningLevel = 2;
constexpr int errorLevel = 3;
constexpr int allOptimizations = 99;
constexpr int arenaAllocator = 1;
constexpr int defaultMemory = 0;
constexpr int floatElement = 1;

/// The functions of a loaded runtime.
struct Api {
  void *const *table = nullptr;

  template <typename... Arguments>
  Status *call(Place place, Arguments... arguments) const {
    auto function = reinterpret_cast<Status *(*)(Arguments...)>(table[size_t(place)]);
    return function(arguments...);
  }

  template <typename Object>
  void release(Place place, Object *object) const {
    if (object == nullptr) return;
    reinterpret_cast<void (*)(Object *)>(table[size_t(place)])(object);
  }

  const char *message(const Status *status) const {
    auto function =
        reinterpret_cast<const char *(*)(const Status *)>(table[size_t(Place::getErrorMessage)]);
    return function(status);
  }
};

}  // namespace onnx
