#include "sim/sweep/ensemble.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <limits>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

#include "sim/base/io_error.hpp"
#include "sim/record/output_file.hpp"
#include "sim/sweep/ensemble_layout.hpp"
#include "sim/sweep/run_id.hpp"

namespace sim::sweep {
namespace {

namespace h5 = record::h5;
namespace fs = std::filesystem;

/// The file under way: it goes away again unless it is published.
class Draft {
public:
    explicit Draft(std::string out) : out_(std::move(out)), name_(out_ + ".partial")
    {
        file_ = ::open(name_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (file_ < 0) throw IoError(out_, "write the ensemble", std::strerror(errno));
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    ~Draft()
    {
        ::close(file_);
        if (!is_published_) ::unlink(name_.c_str());
    }
    [[nodiscard]] const std::string& name() const { return name_; }

    /// The library cannot close a file for which there is no room, so there has to be.
    void reserve(double bytes) const
    {
        const int why = ::posix_fallocate(file_, 0, static_cast<off_t>(bytes));
        if (why != 0) throw IoError(out_, fmt::format("reserve {:.3g} MB", bytes / 1e6), std::strerror(why));
    }
    void publish(h5::File& whole)
    {
        if (::ftruncate(file_, static_cast<off_t>(whole.size())) != 0) fail();
        whole.close();
        if (::fsync(file_) != 0) fail();
        record::rename_over(name_, out_);
        is_published_ = true;
    }

private:
    [[noreturn]] void fail() const { throw IoError(out_, "write the ensemble", std::strerror(errno)); }

    std::string out_, name_;
    int file_ = -1;
    bool is_published_ = false;
};

/// Writes the rows of the outputs, chunk by chunk.
class Rows {
public:
    Rows(h5::File& file, std::vector<EnsembleOutput>& outputs, std::uint64_t runs)
        : file_(file), outputs_(outputs), runs_(runs)
    {
    }

    /// @param values  of one run, by output
    void add(const std::vector<std::vector<std::byte>>& values)
    {
        for (std::size_t i = 0; i < outputs_.size(); ++i) add(outputs_[i], values[i]);
    }

    void add_missing()
    {
        for (EnsembleOutput& output : outputs_) add(output, missing(output));
    }

private:
    static std::vector<std::byte> missing(const EnsembleOutput& output)
    {
        std::vector<std::byte> bytes(output.row_bytes);
        const auto fill = [&](auto nan) {
            for (std::size_t at = 0; at < bytes.size(); at += sizeof nan) std::memcpy(&bytes[at], &nan, sizeof nan);
        };
        if (output.variable.kind == record::Kind::f64) fill(std::numeric_limits<double>::quiet_NaN());
        if (output.variable.kind == record::Kind::f32) fill(std::numeric_limits<float>::quiet_NaN());
        return bytes;
    }

    void add(EnsembleOutput& output, const std::vector<std::byte>& row)
    {
        output.buffer.insert(output.buffer.end(), row.begin(), row.end());
        output.digest.update(row);
        const std::uint64_t waiting = output.row_bytes == 0 ? 0 : output.buffer.size() / output.row_bytes;
        if (waiting < output.chunk_runs && output.written + waiting < runs_) return;
        file_.write_rows(output.variable.path, output.variable.kind, output.written, waiting, output.buffer.data());
        output.written += waiting;
        output.buffer.clear();
    }

    h5::File& file_;
    std::vector<EnsembleOutput>& outputs_;
    std::uint64_t runs_;
};

/// Reads the outputs of one run after another, each of which has to look like the first.
class Reader {
public:
    Reader(const Plan& plan, const record::ResultFile& first) : plan_(plan), first_(first)
    {
        time_ = first.raw(*first.find("/time")).bytes;
    }

    std::vector<std::vector<std::byte>> operator()(const record::ResultFile& run)
    {
        if (run.raw(*run.find("/time")).bytes != time_) differs(run, "its months are others");
        std::vector<std::vector<std::byte>> all;
        for (const std::string& name : plan_.outputs) all.push_back(output(run, name));
        return all;
    }

private:
    std::vector<std::byte> output(const record::ResultFile& run, const std::string& name)
    {
        const h5::Variable* mine = first_.find("/" + name);
        const h5::Variable* its = run.find("/" + name);
        if (its == nullptr) differs(run, "it did not record " + name);
        if (its->shape != mine->shape || its->dimensions != mine->dimensions || its->kind != mine->kind)
            differs(run, name + " has another shape");
        for (std::size_t d = 1; d < its->dimensions.size(); ++d)
            if (run.text_attribute("/" + its->dimensions[d], "sha256") !=
                first_.text_attribute("/" + its->dimensions[d], "sha256"))
                differs(run, "the axis " + its->dimensions[d] + " has other labels");
        record::RawValues values = run.raw(*its);
        Sha256 digest;
        digest.update(values.bytes);
        if (digest.hex() != run.text_attribute("/" + name, "sha256"))
            throw IoError(run.path(), "read " + name, "it has another digest than when it was written");
        return std::move(values.bytes);
    }

    [[noreturn]] void differs(const record::ResultFile& run, const std::string& what) const
    {
        throw std::runtime_error(
            fmt::format("{} does not fit into one file with {}: {}. Gather such runs apart, or leave the series out of "
                        "sweep.outputs",
                        run.path(), first_.path(), what));
    }

    const Plan& plan_;
    const record::ResultFile& first_;
    std::vector<std::byte> time_;
};

/// Opens a result that says of itself that it is the row's; throws IoError.
record::ResultFile open_result(const std::string& path, const Plan& plan, const PlanRow& row)
{
    record::ResultFile file(path);
    const std::string own = run_id(file.text_attribute("/", "scenario_sha256"), plan.scenario(row.scenario).files,
                                   file.text_attribute("/", "model_version"));
    if (own != row.id || file.text_attribute("/", "status") != "complete")
        throw IoError(path, "read the result", "it is not the complete result of run " + row.id);
    return file;
}

} // namespace

std::vector<std::int64_t> Ensemble::missing() const
{
    std::vector<std::int64_t> all;
    for (const PlanRow& row : plan_.rows) {
        try {
            open_result(result_path(folder_, plan_, row.id), plan_, row);
        } catch (const IoError&) {
            all.push_back(row.index);
        }
    }
    return all;
}

Gathered Ensemble::write(const std::string& out, bool allow_missing,
                         const std::function<void(std::int64_t)>& progress) const
{
    std::optional<record::ResultFile> first;
    for (const PlanRow& row : plan_.rows) {
        try {
            first.emplace(open_result(result_path(folder_, plan_, row.id), plan_, row));
            break;
        } catch (const IoError&) {
            if (!allow_missing) throw;
        }
    }
    if (!first) throw IoError(folder_, "gather", "no run has a result yet");
    Draft draft(out);
    const double room =
        EnsembleLayout::bytes(plan_, *first) * 1.01 + 4e6 + 1e3 * static_cast<double>(plan_.rows.size());
    draft.reserve(room);
    h5::File file = h5::File::create_on_disk(draft.name());
    draft.reserve(room); // again: the library begins with an empty file
    EnsembleLayout layout(file, plan_, *first);
    std::vector<EnsembleOutput> outputs = layout.create();
    Rows rows(file, outputs, plan_.rows.size());
    Reader read(plan_, *first);
    Gathered gathered;
    std::vector<std::int64_t> present;
    for (const PlanRow& row : plan_.rows) {
        present.push_back(1);
        try {
            rows.add(read(open_result(result_path(folder_, plan_, row.id), plan_, row)));
            ++gathered.runs;
        } catch (const IoError&) {
            if (!allow_missing) throw;
            rows.add_missing();
            present.back() = 0;
            gathered.missing.push_back(row.index);
        }
        progress(static_cast<std::int64_t>(present.size()));
    }
    if (allow_missing) layout.integers("present", record::Kind::i8, present, "1 where the run has a result");
    EnsembleLayout::seal(file, outputs);
    draft.publish(file);
    return gathered;
}

} // namespace sim::sweep
