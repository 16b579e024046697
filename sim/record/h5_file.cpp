#include "sim/record/h5_file.hpp"

#include "sim/record/h5_handle.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace sim::record::h5 {
namespace {

herr_t collect(unsigned, const H5E_error2_t* error, void* text)
{
    auto& reason = *static_cast<std::string*>(text);
    if (reason.empty() && error->desc != nullptr) reason = error->desc;
    return 0;
}

herr_t find_errno(unsigned, const H5E_error2_t* error, void* number)
{
    const char* at = error->desc == nullptr ? nullptr : std::strstr(error->desc, "errno = ");
    if (at != nullptr) *static_cast<int*>(number) = std::atoi(at + 8);
    return 0;
}

Handle file_access()
{
    Handle access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose};
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    H5Pset_file_locking(access, false, true); // the Recorder locks the file itself, before it is truncated
    return access;
}

} // namespace

std::string last_reason()
{
    int number = 0;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, find_errno, &number);
    if (number != 0) return std::strerror(number);
    std::string reason;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collect, &reason);
    return reason.empty() ? "unknown reason" : reason;
}

std::string library_version()
{
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
}

File File::create(const std::string& path)
{
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    const Handle creation{H5Pcreate(H5P_FILE_CREATE), H5Pclose};
    constexpr unsigned ordered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    H5Pset_obj_track_times(creation, false);
    H5Pset_link_creation_order(creation, ordered);
    H5Pset_attr_creation_order(creation, ordered);
    return {path, checked(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, file_access()), path, "create the file")};
}

File File::open(const std::string& path)
{
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    if (::access(path.c_str(), R_OK) != 0) throw IoError(path, "open the file", std::strerror(errno));
    if (H5Fis_hdf5(path.c_str()) == 0) throw IoError(path, "open the file", "not an HDF5 file");
    return {path, checked(H5Fopen(path.c_str(), H5F_ACC_RDONLY, file_access()), path, "open the file")};
}

File::File(File&& other) noexcept : path_(other.path_), id_(std::exchange(other.id_, -1)) {}

File::~File()
{
    if (id_ >= 0) H5Fclose(id_);
}

void File::flush() { checked(H5Fflush(id_, H5F_SCOPE_GLOBAL), path_, "flush the file"); }

void File::close() { checked(H5Fclose(std::exchange(id_, -1)), path_, "close the file"); }

void File::freeze() noexcept
{
    void* descriptor = nullptr;
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (id_ >= 0 && nowhere >= 0 && H5Fget_vfd_handle(id_, H5P_DEFAULT, &descriptor) >= 0) ::dup2(nowhere, *static_cast<int*>(descriptor));
    if (nowhere >= 0) ::close(nowhere);
    if (id_ >= 0) H5Fclose(std::exchange(id_, -1));
}

} // namespace sim::record::h5
