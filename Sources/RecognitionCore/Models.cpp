// Models run by ONNX Runtime, and the pictures and readings that go in and come out.

#include <dlfcn.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "OnnxRuntime.h"
#include "recognitioncore.h"

using onnx::Place;

struct bhModel {
  onnx::Api api;
  onnx::Env *env = nullptr;
  onnx::SessionOptions *options = nullptr;
  onnx::Session *session = nullptr;
  onnx::MemoryInfo *memory = nullptr;
  std::string inputName;
  std::string outputName;
  /// What the last failed call said.
  std::string failure;

  ~bhModel() {
    if (api.table == nullptr) return;
    api.release(Place::releaseMemoryInfo, memory);
    api.release(Place::releaseSession, session);
    api.release(Place::releaseSessionOptions, options);
    api.release(Place::releaseEnv, env);
  }

  /// Whether a call went well; keeps its message if not.
  bool succeeded(onnx::Status *status) {
    if (status == nullptr) return true;
    failure = api.message(status);
    api.release(Place::releaseStatus, status);
    return false;
  }

  bool load(const char *libraryPath) {
    // Its own symbols must not take the place of the program's, nor the other way round.
    void *library = dlopen(libraryPath, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
      const char *reason = dlerror();
      failure = reason != nullptr ? reason : "the library cannot be loaded";
      return false;
    }
    auto base = reinterpret_cast<const onnx::ApiBase *(*)()>(dlsym(library, "OrtGetApiBase"));
    if (base != nullptr) api.table = base()->getApi(onnx::apiVersion);
    if (api.table == nullptr) failure = "the library has no ONNX Runtime interface of version 8";
    return api.table != nullptr;
  }

  bool open(const char *modelPath) {
    // One thread: documents and pages run side by side, and sums come out the same each time.
    return succeeded(api.call(Place::createEnv, onnx::errorLevel, "boxhead", &env)) &&
           succeeded(api.call(Place::createSessionOptions, &options)) &&
           succeeded(api.call(Place::setIntraOpNumThreads, options, 1)) &&
           succeeded(api.call(Place::setInterOpNumThreads, options, 1)) &&
           succeeded(api.call(Place::disableMemPattern, options)) &&
           succeeded(api.call(Place::setSessionGraphOptimizationLevel, options,
                              onnx::allOptimizations)) &&
           succeeded(api.call(Place::createSession, static_cast<const onnx::Env *>(env), modelPath,
                              static_cast<const onnx::SessionOptions *>(options), &session)) &&
           succeeded(api.call(Place::createCpuMemoryInfo, onnx::arenaAllocator,
                              onnx::defaultMemory, &memory)) &&
           takeName(Place::sessionGetInputName, inputName) &&
           takeName(Place::sessionGetOutputName, outputName);
  }

  bool takeName(Place place, std::string &name) {
    onnx::Allocator *allocator = nullptr;
    char *text = nullptr;
    if (!succeeded(api.call(Place::getAllocatorWithDefaultOptions, &allocator)) ||
        !succeeded(api.call(place, static_cast<const onnx::Session *>(session), size_t(0),
                            allocator, &text))) {
      return false;
    }
    name = text;
    return succeeded(api.call(Place::allocatorFree, allocator, static_cast<void *>(text)));
  }

  /// Runs the model; NULL on failure.
  onnx::Value *run(const float *input, size_t count, const int64_t *shape, size_t rank) {
    onnx::Value *source = nullptr;
    onnx::Value *result = nullptr;
    if (!succeeded(api.call(Place::createTensorWithDataAsOrtValue,
                            static_cast<const onnx::MemoryInfo *>(memory),
                            static_cast<void *>(const_cast<float *>(input)),
                            count * sizeof(float), shape, rank, onnx::floatElement, &source))) {
      return nullptr;
    }
    const char *inputs[] = {inputName.c_str()};
    const char *outputs[] = {outputName.c_str()};
    const onnx::Value *sources[] = {source};
    const bool isDone = succeeded(api.call(
        Place::run, session, static_cast<const void *>(nullptr),
        static_cast<const char *const *>(inputs), static_cast<const onnx::Value *const *>(sources),
        size_t(1), static_cast<const char *const *>(outputs), size_t(1), &result));
    api.release(Place::releaseValue, source);
    return isDone ? result : nullptr;
  }

  /// The shape of a result; empty on failure.
  std::vector<int64_t> shape(const onnx::Value *value) {
    onnx::ShapeInfo *info = nullptr;
    if (!succeeded(api.call(Place::getTensorTypeAndShape, value, &info))) return {};
    size_t rank = 0;
    std::vector<int64_t> result;
    if (succeeded(api.call(Place::getDimensionsCount, static_cast<const onnx::ShapeInfo *>(info),
                           &rank))) {
      result.resize(rank);
      if (!succeeded(api.call(Place::getDimensions, static_cast<const onnx::ShapeInfo *>(info),
                              result.data(), rank))) {
        result.clear();
      }
    }
    api.release(Place::releaseShapeInfo, info);
    return result;
  }

  const float *values(onnx::Value *value) {
    void *data = nullptr;
    return succeeded(api.call(Place::getTensorMutableData, value, &data))
               ? static_cast<const float *>(data)
               : nullptr;
  }
};

bhModel *bhModelOpen(const char *libraryPath, const char *modelPath, char *message,
                     size_t capacity) {
  try {
    auto model = std::make_unique<bhModel>();
    if (model->load(libraryPath) && model->open(modelPath)) return model.release();
    if (message != nullptr && capacity > 0) {
      std::snprintf(message, capacity, "%s", model->failure.c_str());
    }
  } catch (const std::bad_alloc &) {
    if (message != nullptr && capacity > 0) std::snprintf(message, capacity, "out of memory");
  }
  return nullptr;
}

void bhModelFree(bhModel *model) { delete model; }

bhTensor bhModelRun(bhModel *model, const float *input, const int64_t *shape, int32_t rank) {
  bhTensor result = {};
  try {
    size_t count = 1;
    for (int32_t index = 0; index < rank; index++) count *= size_t(shape[index]);
    onnx::Value *output = model->run(input, count, shape, size_t(rank));
    if (output == nullptr) return result;
    const std::vector<int64_t> dimensions = model->shape(output);
    const float *values = model->values(output);
    if (values != nullptr && !dimensions.empty() && dimensions.size() <= 4) {
      result.rank = int32_t(dimensions.size());
      result.count = 1;
      for (size_t index = 0; index < dimensions.size(); index++) {
        result.shape[index] = dimensions[index];
        result.count *= size_t(dimensions[index]);
      }
      result.values = static_cast<float *>(std::malloc(sizeof(float) * result.count));
      if (result.values != nullptr) {
        std::memcpy(result.values, values, sizeof(float) * result.count);
      }
    }
    model->api.release(Place::releaseValue, output);
  } catch (const std::bad_alloc &) {
  }
  return result;
}

void bhTensorFree(bhTensor tensor) { std::free(tensor.values); }

bhSteps bhModelReadLines(bhModel *model, const uint8_t *pixels, int32_t count, int32_t width,
                         int32_t height, const int32_t *allowed, int32_t allowedCount,
                         const int32_t *twins, int32_t twinCount) {
  bhSteps result = {};
  try {
    const size_t plane = size_t(width) * height;
    std::vector<float> input(plane * 3 * count);
    for (int32_t line = 0; line < count; line++) {
      float *target = input.data() + size_t(line) * 3 * plane;
      const uint8_t *source = pixels + size_t(line) * plane;
      for (size_t index = 0; index < plane; index++) target[index] = source[index] / 127.5f - 1;
      std::memcpy(target + plane, target, plane * sizeof(float));
      std::memcpy(target + 2 * plane, target, plane * sizeof(float));
    }
    const int64_t shape[] = {count, 3, height, width};
    onnx::Value *output = model->run(input.data(), input.size(), shape, 4);
    if (output == nullptr) return result;
    const std::vector<int64_t> dimensions = model->shape(output);
    const float *values = model->values(output);
    if (values != nullptr && dimensions.size() == 3 && dimensions[0] == count &&
        dimensions[1] > 0 && dimensions[2] > 0 && dimensions[1] < 1 << 20) {
      const int64_t stepCount = dimensions[1];
      const int64_t classCount = dimensions[2];
      result.steps =
          static_cast<bhStep *>(std::malloc(sizeof(bhStep) * size_t(count) * size_t(stepCount)));
      if (result.steps != nullptr) {
        result.stepCount = int32_t(stepCount);
        result.classCount = int32_t(classCount);
        for (int64_t index = 0; index < count * stepCount; index++) {
          const float *row = values + index * classCount;
          const float *best = std::max_element(row, row + classCount);
          bhStep &step = result.steps[index];
          step.best = int32_t(best - row);
          step.probability = *best;
          const int32_t twin = step.best < twinCount ? twins[step.best] : -1;
          if (twin >= 0 && twin < classCount) step.probability += row[twin];
          step.restricted = 0;
          step.restrictedProbability = row[0];
          float total = row[0];
          for (int32_t place = 0; place < allowedCount; place++) {
            const int32_t candidate = allowed[place];
            if (candidate >= classCount) continue;
            total += row[candidate];
            if (row[candidate] > step.restrictedProbability) {
              step.restricted = candidate;
              step.restrictedProbability = row[candidate];
            }
          }
          if (total > 0) step.restrictedProbability /= total;
        }
      }
    }
    model->api.release(Place::releaseValue, output);
  } catch (const std::bad_alloc &) {
  }
  return result;
}

void bhStepsFree(bhSteps steps) { std::free(steps.steps); }

void bhPictureScale(const uint8_t *pixels, int32_t width, int32_t height, uint8_t *target,
                    int32_t targetWidth, int32_t targetHeight, int32_t targetBytesPerRow) {
  // Each target pixel is a weighted mean of the source pixels around its centre: a triangle as wide
  // as two source pixels, or as two target pixels where the picture gets smaller.
  const double stepX = double(width) / targetWidth;
  const double stepY = double(height) / targetHeight;
  struct Tap {
    int32_t first;
    std::vector<float> weights;
  };
  auto taps = [](double step, int32_t sourceCount, int32_t count) {
    const double reach = std::max(1.0, step);
    std::vector<Tap> result(count);
    for (int32_t index = 0; index < count; index++) {
      const double center = (index + 0.5) * step - 0.5;
      const int32_t first = int32_t(center - reach) - 1;
      const int32_t last = int32_t(center + reach) + 1;
      Tap &tap = result[index];
      tap.first = std::clamp(first, 0, sourceCount - 1);
      const int32_t end = std::clamp(last, 0, sourceCount - 1);
      tap.weights.assign(size_t(end - tap.first + 1), 0);
      float sum = 0;
      for (int32_t place = first; place <= last; place++) {
        const float weight = float(std::max(0.0, 1 - std::abs(place - center) / reach));
        tap.weights[size_t(std::clamp(place, tap.first, end) - tap.first)] += weight;
        sum += weight;
      }
      for (float &weight : tap.weights) weight /= sum;
    }
    return result;
  };
  const std::vector<Tap> columns = taps(stepX, width, targetWidth);
  const std::vector<Tap> rows = taps(stepY, height, targetHeight);
  std::vector<float> between(size_t(height) * targetWidth);
  for (int32_t y = 0; y < height; y++) {
    const uint8_t *source = pixels + size_t(y) * width;
    float *line = between.data() + size_t(y) * targetWidth;
    for (int32_t x = 0; x < targetWidth; x++) {
      const Tap &tap = columns[x];
      float sum = 0;
      for (size_t index = 0; index < tap.weights.size(); index++) {
        sum += tap.weights[index] * source[tap.first + index];
      }
      line[x] = sum;
    }
  }
  for (int32_t y = 0; y < targetHeight; y++) {
    const Tap &tap = rows[y];
    uint8_t *line = target + size_t(y) * targetBytesPerRow;
    for (int32_t x = 0; x < targetWidth; x++) {
      float sum = 0;
      for (size_t index = 0; index < tap.weights.size(); index++) {
        sum += tap.weights[index] * between[(tap.first + index) * targetWidth + x];
      }
      line[x] = uint8_t(std::clamp(sum + 0.5f, 0.0f, 255.0f));
    }
  }
}
